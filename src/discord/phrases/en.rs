//! What the bot says on Discord in English, and the table that says what each phrase is for.

use super::Phrases;

pub(super) const EN: Phrases = Phrases {
    code: "en",
    // Where a reply is too long for one message even without its quotes.
    too_long: "The answer is too long for one message here.",
    // Where the bot knows no story of that id.
    no_story: "I don't have a story with that id. I have:",
    // Behind authors, where there are more.
    and_others: "and others",
    // What a message does not hold.
    left_out: "(Left out, because a message holds no more: {}.)",
    one_quote: "one quote",
    quotes: "quotes",
    one_statement: "one statement",
    statements: "statements",
    and: "and",
    // On buttons.
    whose: "Who said this?",
    more: "More",
    back: "Back",
    helpful: "Helpful",
    unhelpful: "Not helpful",
    wrong: "This is wrong",
    delete: "Delete",
    // After a button was pressed.
    counted: "Thank you, that is counted. I don't keep who pressed.",
    counted_already: "You've told me already; thank you.",
    not_kept: "I couldn't keep that just now; please try again later.",
    not_yours: "Only the person who asked, or a moderator, can delete this.",
    gone: "What this button led to is no longer on the record.",
    // The form behind "This is wrong".
    report_title: "What is wrong?",
    report_label: "In a sentence, please without names",
    // Where somebody asks faster than anybody reads; the seconds left.
    slow_down: "One moment, please: I'll answer again in {} s.",
    // Where the server has switched the bot off.
    switched_off: "I am switched off in this server.",
    our_fault: "Something went wrong on my side; it is in my log. Please try again.",
    // Answering a chosen message: with the link to it, and where it has no text.
    about_message: "About [this message]({}):",
    empty_message: "I can't find any text in that message.",
    // Browsing.
    choose_topic: "Choose a topic",
    topics: "What the story is about; choose a topic to read everything on the record about it.",
    no_topics: "The story files name no topics. Ask with `/ask`.",
    items: "{} on the record",
    facts_and_quotes: "on the record: statements {}, quotes {}",
    // Help and privacy.
    help: "**Ask me about the story**; I answer with a sourced sentence and the verbatim quote where there is one, offer the \
        nearest I have, or say that the story doesn't say. Nothing is generated.\n\
        - `/ask` a question, or mention me, reply to me, or write me a direct message\n\
        - go on with “why?”, “who said that?”, “more”\n\
        - `/quote` verbatim quotes, by speaker or subject; `/topics` to browse; `/story` what it is about\n\
        - on any message: *Apps* → *Answer this*\n\
        - `/privacy` what is kept (next to nothing)\n\
        Example: `/ask question: {}`",
    privacy: "**What I keep**\n\
        - What you ask is read, answered and forgotten. The last question of a conversation stays in memory for 15 minutes \
        so that “why?” works.\n\
        - {}\n\
        - “Helpful”, “Not helpful” and “This is wrong” are counted per statement, without who pressed.\n\
        - {}\n\
        - Settings of a server are kept until it removes me; then everything of it is deleted.\n\
        - I learn nothing by myself and pass nothing on.",
    privacy_log: "No log has what you write.",
    privacy_log_text: "Whoever runs this bot has what you ask me written into its log, for now.",
    privacy_kept: "This server has me keep questions that I could not answer or answered badly, and what “This is wrong” is given \
        as a reason, so that they can be mended: in small letters, merged with others like them, without mentions, addresses and \
        long numbers, without who wrote them, for {} days after they were last asked. Please write no names. Its managers and \
        whoever runs this bot can read them.",
    privacy_not_kept: "Questions are not kept here. A server can have those kept that I could not answer; then this text says so.",
    // `/facts`.
    needs_manage: "This is for members who may manage the server.",
    needs_server: "This works in a server only.",
    owners_only: "This is for the people who run this bot.",
    no_gaps: "No open question: everything asked here was answered, or nothing has been asked.",
    gaps_off: "Unanswered questions are not kept in this server. Switch it on with `/facts settings collect: True`.",
    gaps: "**Asked here and not answered, or rated badly** (most asked first)",
    nearest: "nearest: {}",
    settings: "**Settings of this server**",
    saved: "**Saved. Settings of this server**",
    on: "on",
    off: "off",
    dry_run: "dry run (only logs what it would say)",
    everywhere: "every channel",
    all_stories: "all",
    askers_language: "the asker's",
    answers: "answers",
    answers_in: "answers in",
    stories: "stories",
    language: "language",
    answer_at: "answers from confidence",
    nearest_at: "offers the nearest from confidence",
    usual: "as configured",
    as_the_server: "as in the server",
    days: "for {} days",
    // In front of a list that does not fit.
    some_of: "(The first {} of {}.)",
    passive: "passive",
    collects: "keeps unanswered questions",
    passive_needs_intent: "Passive listening needs the privileged intent Message Content, which this bot does not ask for; whoever \
        runs it can set `discord.message_content = true`.",
    needs_channel: "`channel` goes with `allow`, `passive` or `story`: those are set for one channel.",
    unordered: "`nearest_at` must not be above `answer_at`.",
    reloaded: "Reloaded. Stories: {}; statements and quotes: {}.",
    not_reloaded: "Not reloaded, the old stories go on answering:",
    not_loaded: "Left out at the start, for their errors:",
};
