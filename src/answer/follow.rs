//! Messages that mean something only after another: "why?", "who said that?", "and in Europe?", "more".
//!
//! A table tells those that are nothing else; what remains is told by its pronouns and by how it begins.

use super::smalltalk::{FILLER, row};
use crate::text::Word;

/// What a message wants of what was said before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Where it is from.
    Source,
    /// Whose word it is.
    Who,
    /// Whether it is so.
    Sure,
    /// Its verbatim words.
    Quote,
    /// What else there is.
    More,
    /// The item at a place, from 0; the last one.
    Nth(usize),
    Last,
    /// When, where, why, how many: of what was shown.
    Detail,
    /// The same of something else: the words behind "and" or "what about".
    Same(usize),
    /// What somebody who is named says to what was shown.
    Word,
    /// One of those that what was shown speaks of: "like who?", "which ones for example".
    Example,
    /// A few words that are no whole question: "through which offices?"
    Fragment,
    /// A question with a word that stands for what was said before.
    Pronoun,
}

impl Follow {
    /// Whether it says nothing of its own, so that the question before is still the question.
    pub(super) fn leans(self) -> bool {
        !matches!(self, Self::Same(_) | Self::Word | Self::Fragment | Self::Pronoun)
    }
}

/// Words around "the second one".
const AROUND_A_PLACE: &str =
    "the one number no tell me about show what is more that on quote fact point please and item yes explain";

/// What it is; words of which one must occur; words that may surround them.
const TABLE: &[(Follow, &str, &str)] = &[
    (
        Follow::Source,
        "source sources link url cite citation paragraph article outlet newspaper magazine website quelle quellen fuente fuentes",
        "welche woher die was ist cual es la de whats what is the a your that this all site website btw story it for from where did you get whos in which of can i have see me show give say does comes come to read that's any got news reported published wrote printed",
    ),
    (
        Follow::Source,
        "from",
        "where is are was that this it all did you u getting got have get the come whats where's info which site website page paper outlet all these those btw",
    ),
    (
        Follow::Source,
        "reported published printed written reporting",
        "where was were is that this it who by has been first",
    ),
    (
        Follow::Who,
        "said says say saying claimed claims claim told states stated according reckons thinks believes argues argued raised raises mentions mentioned brings brought sagt dice",
        "wer quien das eso who whos that this it so the to by whom and exactly is did they all those these whose words did says was though tho lol again actually does even here up one else them",
    ),
    (
        Follow::Who,
        "whose who",
        "words claim word opinion is that this it those these said by was by quote quoted them speaker speaking",
    ),
    (Follow::Who, "exactly precisely specifically", "who whom is was were are they those"),
    (Follow::Detail, "exactly precisely specifically", "what was were is are it that those they"),
    (
        Follow::Sure,
        "really true confirmed proven proved proof evidence sure seriously fact certain official allegation allegations alleged verified srsly legit correct stimmt wahr sicher cierto verdad seguro",
        "das ist es eso esto is that this it a an are you was been has been for just only or so like the they these there any of real rly wait hm hmm lol wow no way did anyone thats it's been actually hard solid do does have got show give some or talk claims claim rumor rumors rumour rumours hearsay gossip speculation",
    ),
    (Follow::Sure, "real serious", "for are you is that this it u no way"),
    (
        Follow::Quote,
        "quote quotes words verbatim literally quoted wording",
        "been has have was directly the his her their own in exact exactly what whats were is did he she they say for that this it a any have you do there got can i see me show give please about with actual again precise word on get just full whole",
    ),
    (
        Follow::More,
        "more mehr mas else further continue next rest on another others other",
        "tell me go and what whats is there anything something anywhere anyone anybody somewhere someone where who about that this it them some show give the any a bit know do you keep please say us does did story article to one ones page details info in of can have got",
    ),
    (Follow::Nth(0), "first 1st 1", AROUND_A_PLACE),
    (Follow::Nth(1), "second 2nd 2", AROUND_A_PLACE),
    (Follow::Nth(2), "third 3rd 3", AROUND_A_PLACE),
    (Follow::Nth(3), "fourth 4th 4", AROUND_A_PLACE),
    (Follow::Nth(4), "fifth 5th 5", AROUND_A_PLACE),
    (Follow::Last, "last", AROUND_A_PLACE),
];

/// With these a message says that it goes on from the one before.
const LEADS: &[&[&str]] = &[
    &["and", "what", "about"],
    &["and", "how", "about"],
    &["no", "i", "meant"],
    &["no", "i", "mean"],
    &["no", "not", "that"],
    &["i", "was", "asking", "about"],
    &["what", "about"],
    &["whatabout"],
    &["wat", "about"],
    &["how", "about"],
    &["i", "meant"],
    &["i", "mean"],
    &["nah", "i", "meant"],
    &["sorry", "i", "meant"],
    &["and", "for"],
    &["ok", "and"],
    &["and", "the"],
    &["vs"],
    &["versus"],
    &["and"],
    &["but"],
    &["or"],
    &["no"],
    &["nope"],
    &["nah"],
    &["also"],
    &["same", "for"],
];
/// A longer message is a question of its own, however it begins.
const MOST_CONTENT: usize = 5;
/// Words that stand for what was said before.
const PRONOUNS: &[&str] = &[
    "he",
    "him",
    "his",
    "she",
    "her",
    "hers",
    "they",
    "them",
    "their",
    "theirs",
    "it",
    "its",
    "this",
    "that",
    "these",
    "those",
    "there",
    "such",
    "one",
    "ones",
    "himself",
    "herself",
    "themselves",
    "he'd",
    "he's",
    "they're",
    "theyre",
    "hes",
];
/// Words that say nothing without what was said before.
const VAGUE: &[&str] = &[
    "exact",
    "already",
    "reasoning",
    "rationale",
    "talk",
    "talking",
    "speaking",
    "going",
    "happen",
    "happens",
    "happened",
    "happening",
    "place",
    "mean",
    "means",
    "part",
    "bit",
    "thing",
    "things",
    "one",
    "ones",
    "yet",
    "decided",
    "think",
    "thinks",
    "reckon",
    "specifically",
    "precisely",
    "roughly",
    "kind",
    "sort",
];
/// "Ok, and has": so many words may stand before the one that opens a question.
const LEAD: usize = 3;
/// "Which firms for example" has so many words of its own at most.
const MOST_OF_EXAMPLE: usize = 2;
/// A question with more of its own is clear without what was said before.
const MOST_WITH_PRONOUN: usize = 4;
/// A question of a single word: "why?"
const ASKING: &[&str] = &["why", "y", "when", "wen", "where", "wher", "who", "whom", "how", "many", "much", "long"];
/// What may stand with it: "how come", "what exactly".
const WITH_ASKING: &[&str] = &["often", "which", "come", "what", "exactly", "though", "tho"];

/// What a message wants of what was said before, if it is not clear by itself.
pub(super) fn of(said: &[Word]) -> Option<Follow> {
    let tokens: Vec<&str> = said.iter().map(|w| w.folded.as_str()).filter(|w| !FILLER.contains(w)).collect();
    let all: Vec<&str> = said.iter().map(|w| w.folded.as_str()).collect();
    if tokens.is_empty() {
        return None;
    }
    if let Some(follow) = row(TABLE, &tokens) {
        return Some(follow);
    }
    let content = said.iter().filter(|w| says_something(w)).count();
    let asks = tokens.iter().any(|w| ASKING.contains(w) || matches!(*w, "reasoning" | "rationale"));
    // "Who is he again?" is about a person, not about what was shown.
    if content == 0 && tokens.contains(&"who") && said.iter().any(is_of_person) {
        return Some(Follow::Pronoun);
    }
    // "Which ones?", "what for?"
    let is_for = tokens.contains(&"what") && tokens.iter().any(|w| matches!(*w, "for" | "because"));
    let asks = asks || (content == 0 && (tokens.contains(&"which") || is_for));
    if asks && (content == 0 || tokens.iter().all(|w| ASKING.contains(w) || WITH_ASKING.contains(w))) {
        return Some(Follow::Detail);
    }
    if content <= MOST_OF_EXAMPLE && asks_for_example(&tokens) {
        return Some(Follow::Example);
    }
    let lead = LEADS
        .iter()
        .find(|lead| all.get(..lead.len()).is_some_and(|words| words == **lead))
        .map_or(0, |lead| lead.len());
    let rest = said.get(lead..).unwrap_or_default();
    if asks_for_word(rest, lead > 0) {
        return Some(Follow::Word);
    }
    let rest_content = rest.iter().filter(|w| !w.stop).count();
    if lead > 0 && (1..=MOST_CONTENT).contains(&rest_content) && !is_whole(rest) {
        return Some(Follow::Same(lead));
    }
    let pronoun = said.iter().position(|w| PRONOUNS.contains(&w.folded.as_str()));
    // "Has that already happened?"
    if content == 0 && pronoun.is_some() && said.iter().take(LEAD).any(opens) {
        return Some(Follow::Sure);
    }
    let Some(pronoun) = pronoun else { return is_fragment(said).then_some(Follow::Fragment) };
    // "Which of its offices is Kaspersky closing": what it stands for is named beside it.
    let is_named = said.iter().any(|w| !w.stop && w.name) && !said.get(pronoun).is_some_and(is_of_person);
    (content <= MOST_WITH_PRONOUN && !is_named).then_some(Follow::Pronoun)
}

/// Whether a word is about anything: "already happened" is about whatever was shown.
pub(super) fn says_something(word: &Word) -> bool {
    !word.stop && !VAGUE.contains(&word.folded.as_str())
}

/// Whether a word opens a question whether something is so.
fn opens(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "is" | "are" | "was" | "were" | "did" | "do" | "does" | "will" | "has" | "have" | "can"
    )
}

/// At most four words of which one or two say something, and none of which is a verb that opens a question.
fn is_fragment(said: &[Word]) -> bool {
    let content = said.iter().filter(|w| !w.stop).count();
    let asks_of = |w: &Word| matches!(w.folded.as_str(), "who" | "what" | "why" | "when" | "where" | "how");
    let is_whole = said.iter().any(opens) || (said.first().is_some_and(asks_of) && content > 1);
    (1..=2).contains(&content) && said.len() <= 4 && !is_whole
}

fn asks_for_example(said: &[&str]) -> bool {
    const ASKED: &[&str] = &["who", "whom", "what", "which", "where"];
    let is_like = said.windows(2).any(|pair| matches!(pair, ["like" | "as", asked] if ASKED.contains(asked)));
    is_like || said.iter().any(|w| matches!(*w, "example" | "examples" | "instance"))
}

/// A question with a subject of its own: "and why did the US ban LinkedIn".
fn is_whole(rest: &[Word]) -> bool {
    let asks = rest.first().is_some_and(|w| {
        matches!(
            w.folded.as_str(),
            "who"
                | "what"
                | "when"
                | "where"
                | "why"
                | "how"
                | "did"
                | "does"
                | "is"
                | "are"
                | "was"
                | "will"
                | "which"
        )
    });
    let pronoun = rest.iter().any(|w| PRONOUNS.contains(&w.folded.as_str()));
    asks && !pronoun && rest.iter().filter(|w| !w.stop).count() > 1
}

/// "And what does Kaspersky say", "what does Kaspersky say to that", "did the mayor respond": on what was shown.
fn asks_for_word(rest: &[Word], is_led: bool) -> bool {
    const SAYING: &[&str] = &[
        "say", "says", "said", "saying", "think", "thinks", "claim", "answer", "reply", "respond", "react", "comment",
    ];
    const ASKING: &[&str] = &["what", "whats", "wat", "how", "did", "does", "do", "has", "have"];
    let Some(verb) = rest.iter().rposition(|w| SAYING.contains(&w.folded.as_str())) else { return false };
    let (before, behind) = (rest.get(..verb).unwrap_or_default(), rest.get(verb + 1..).unwrap_or_default());
    let stands_for = |w: &Word| matches!(w.folded.as_str(), "that" | "this" | "it");
    let is_back = |w: &Word| matches!(w.folded.as_str(), "anything" | "something" | "back" | "any");
    let is_on_that =
        behind.last().is_some_and(|w| stands_for(w) || is_back(w)) && behind.iter().all(|w| w.stop || is_back(w));
    let somebody = before.iter().filter(|w| says_something(w)).count();
    let asks = rest.iter().take(3).any(|w| ASKING.contains(&w.folded.as_str()));
    let is_now = rest.iter().any(|w| matches!(w.folded.as_str(), "does" | "do" | "would"));
    asks && (1..=2).contains(&somebody) && (is_on_that || ((is_led || is_now) && behind.is_empty()))
}

/// Whether a word stands for a man or woman, of whom a story may have the name.
pub(super) fn is_of_person(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "he" | "him" | "his" | "she" | "her" | "hers" | "himself" | "herself" | "he's" | "hes" | "he'd"
    )
}

#[cfg(test)]
mod tests {
    use super::{Follow, of};
    use crate::text::{Language, words};

    #[test]
    fn what_follows_and_what_stands_alone() {
        let rows = [
            ("why?", Some(Follow::Detail)),
            ("ok but when", Some(Follow::Detail)),
            ("how many?", Some(Follow::Detail)),
            ("source?", Some(Follow::Source)),
            ("where is that from", Some(Follow::Source)),
            ("who said that?", Some(Follow::Who)),
            ("who exactly?", Some(Follow::Who)),
            ("who is he again", Some(Follow::Pronoun)),
            ("has he been quoted word for word on that?", Some(Follow::Quote)),
            ("says who", Some(Follow::Who)),
            ("really?", Some(Follow::Sure)),
            ("is that confirmed", Some(Follow::Sure)),
            ("and the quote?", Some(Follow::Quote)),
            ("in his own words?", Some(Follow::Quote)),
            ("more", Some(Follow::More)),
            ("firms like who?", Some(Follow::Example)),
            ("which ones, for example", Some(Follow::Example)),
            ("and what does kaspersky say", Some(Follow::Word)),
            ("did the mayor say anything back", Some(Follow::Word)),
            ("anything else?", Some(Follow::More)),
            ("tell me about the second one", Some(Follow::Nth(1))),
            ("and in Europe?", Some(Follow::Same(1))),
            ("what about the UK?", Some(Follow::Same(2))),
            ("no, the office in Toronto", Some(Follow::Same(1))),
            ("i meant the ban on linkedin", Some(Follow::Same(2))),
            ("what else did he say?", Some(Follow::Pronoun)),
            ("does he like bans", Some(Follow::Pronoun)),
            ("why is the office closing", None),
            ("and why did the US ban LinkedIn?", None),
            ("who wrote the article about Kaspersky", None),
        ];
        for (message, want) in rows {
            assert_eq!(of(&words(message, &Language::default())), want, "{message}");
        }
    }
}
