//! What the bot says in English, and the table that says what each phrase is for.

use super::Phrases;
use crate::answer::smalltalk::Talk;
use crate::answer::smalltalk::Talks;

pub(super) const EN: Phrases = Phrases {
    code: "en",
    // In front of a fact of medium confidence.
    closest: "The closest the story has is:",
    // Where nothing fits, in one story or several.
    unknown: "The story doesn't say.",
    unknown_several: "None of the stories says.",
    // Where the message holds no question.
    no_question: "I can't find a question in that.",
    // Where facts of two stories fit.
    two_stories: "Two stories fit; which one do you mean?",
    // In front of suggestions.
    ask: "You could ask:",
    // Behind a speaker the text does not name, and in place of one.
    inferred: "(speaker inferred)",
    no_speaker: "speaker not named",
    // In front of a source.
    source: "Source:",
    no_author: "The story file doesn't name an author.",
    no_date: "The source gives no date of publication.",
    // Small talk.
    greeting: "Hello! Ask me about the story; I answer with sentences and quotes that are on the record.",
    thanks: "You're welcome.",
    bot: "I'm onrecord, a bot without a language model: I look questions up in a fact base that an editor derived from \
        the article, and say so when it has no answer.",
    help: "Ask a question in plain words. I answer with a sourced sentence and the verbatim quote where there is one, \
        offer the nearest I have, or say that the story doesn't say.",
    capable: "I can answer about:",
    // Where the story knows the thing but not what was asked of it.
    lacks_when: "The story doesn't say when. It does say:",
    lacks_who: "The story doesn't say who. It does say:",
    lacks_where: "The story doesn't say where. It does say:",
    lacks_how_many: "The story doesn't say how many or how much. It does say:",
    lacks_why: "The story doesn't say why. It does say:",
    // About the article.
    written_by: "The article was written by {}.",
    published_on: "The article was published on {}.",
    from_source: "It is from {}.",
    // Behind a statement that may age, and in front of what was put right.
    as_of: "(as of {})",
    corrected_on: "Corrected on {}:",
    // Where in the article.
    paragraph: "paragraph {}",
    headline: "headline",
    byline: "byline",
    aside: "aside",
    // In front of a claim.
    according_to: "According to {}",
    stated: "Stated",
    alleged: "Alleged",
    alleged_by: "Alleged by {}",
    denied: "Denied",
    denied_by: "Denied by {}",
    opinion: "Opinion",
    opinion_of: "Opinion of {}",
    relayed_by: "as relayed by {}",
    // Where exact words were asked for and there are none.
    no_quote: "There are no verbatim words on that. The story does say:",
    // Where quotes were to be listed.
    no_such_quote: "There are no such quotes.",
    // A page of a list: "1-5" of 12; how to go on; where it ends.
    some_of_list: "{} of {}:",
    more: "Say “more” for the rest.",
    no_more: "That is all the story has on this.",
    // A follow-up without anything before it.
    nothing_before: "I don't know what that refers to; please ask a whole question.",
    // Whose word it is, and what it is worth.
    said_by: "Said by {}.",
    claimed_by: "Claimed by {}.",
    claimed_as_relayed: "Claimed by {}, as relayed by {}.",
    reported_by_article: "The article says so in its own voice.",
    beside_article: "It stands on the page beside the article, not in it.",
    alleged_only: "It is an allegation, not an established fact.",
    opinion_only: "It is an opinion.",
    denied_only: "It has been denied.",
    // What the bot does not do.
    declined: "I only answer questions about the story, with what is on the record.",
    no_opinion: "I have no opinion; here is what is on the record.",
    // Of two questions only one is answered.
    other_half: "On the other question the story says nothing.",
    // A question in a language the story is not in.
    other_language: "The story is in {}; I can look only for names and numbers in your question.",
    // In front of who is named.
    people: "The story names:",
};

pub(super) const TALKS: Talks = &[
    (
        Talk::Thanks,
        "thanks thank thx ty cheers thanx tysm tnx thnx thankyou appreciated gotcha bye goodbye cya goodnight np welcome obliged grateful appreciate ta",
        "helped helps helpful useful million bunch heaps night one best you're youre it your kind regards most fair enough bad my is needed wanted info answering telling explaining informative lot that'll thatll anyway anyways no problem worries super appreciate ya that's it's mate bro dude clear answer answers u lol haha wow job work bye later legends legend got it nvm awesome perfect neat lovely brilliant good fine makes sense man mate noted see k kk ah oh aha alright right sure thats now done off i you so much a lot very many bot for the help that was great ok okay cool nice again all nice cool great awesome good",
    ),
    // "Is it good?" is a question.
    (
        Talk::Thanks,
        "nice cool great awesome good",
        "helped helps helpful useful million bunch heaps night one best you're youre your kind regards most fair enough bad my needed wanted info answering telling explaining informative lot that'll thatll anyway anyways no problem worries super appreciate ya that's it's mate bro dude clear answer answers u lol haha wow job work bye later legends legend got nvm awesome perfect neat lovely brilliant good fine makes sense man mate noted see k kk ah oh aha alright right sure thats now done off i you so much a lot very many bot for the help that great ok okay cool nice again all",
    ),
    (
        Talk::Greeting,
        "hi hello hey hiya yo morning evening afternoon howdy greetings hallo hola sup gm wassup whatsup heya",
        "there bot all everyone good you guys how are is it going onrecord folks",
    ),
    (
        Talk::Help,
        "help commands usage",
        "me please pls can you i need how do this bot work the a some with to use us get",
    ),
    (
        Talk::Summary,
        "about happened happening nutshell",
        "in a nutshell please tell me what whats is this the story article it all whole so here news going on exactly did hey hi ok",
    ),
    (
        Talk::People,
        "mentioned named involved appears appear",
        "who is are was were all the people persons person companies company firms organisations organizations countries governments which what in this story article names list of everyone everybody does do other",
    ),
    (
        Talk::Capable,
        "answer answers know topics ask about capable do tell stories",
        "actually really sort sorts kind kinds type types stuff else more here help me need questions please have got loaded there what can you could do i questions we of which things does this bot cover tell me are the all your about is it",
    ),
    (
        Talk::Bot,
        "you u bot onrecord",
        "think feel opinion like or some script program software machine bots talking speaking chatting with alive someone somebody r language model make stuff up things lie lying invent kind sort of what's whats are a an is this who what made built wrote created real human person ai robot llm chatgpt gpt the how do work does does's were by",
    ),
    (
        Talk::Summary,
        "summary summarise summarize tldr tl gist recap overview sum",
        "quick tell short version brief briefly main point points just in two three one few sentence sentences words line up the of story article this it please pls can you me give a for us dr in short up news is what whats s short quick",
    ),
    (
        Talk::Author,
        "wrote written author writer byline journalist reporter writes authored",
        "person guy woman man named called exactly who the is was by of this article story piece report news it whos did name that text has and when here there behind hi hey",
    ),
    (
        Talk::Published,
        "published publication date dated appear appeared written out old",
        "came comes get got go went live posted online been exactly s on whats when was were the article story this of what is it date day did piece report news published come out year old how",
    ),
    (
        Talk::Source,
        "source sources from publisher published outlet site link url",
        "to you info information where is are this the your what article story does it come of come's news who which a get got did you from whats for give me can i read original info information facts do have all everything that stuff these those",
    ),
    (
        Talk::Summary,
        "story article",
        "whats what's what is the this about tell me so hey whole a give explain read in short brief briefly quick quickly please",
    ),
    (Talk::Greeting, "up", "whats what's what is hey yo"),
    (Talk::Bot, "this", "what is whats what's"),
];
