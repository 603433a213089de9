//! Which messages are answered, and what of them is the question. Pure: no Discord library, no clock, no text kept.
//!
//! Never answered: bots (itself too, so that bots cannot talk in circles), webhooks, system messages, and messages that
//! are not meant for it.

use crate::text::without_tags;

/// What of a message counts here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard<'a> {
    pub(super) author: u64,
    pub(super) by_bot: bool,
    pub(super) by_webhook: bool,
    /// Discord's message type.
    pub(super) kind: u8,
    pub(super) mentions_me: bool,
    pub(super) replies_to_me: bool,
    pub(super) is_direct: bool,
    pub(super) content: &'a str,
}

/// DEFAULT and REPLY; every other type is written by the system or belongs to a command.
const SPOKEN: &[u8] = &[0, 19];

/// The question in a message that is meant for the bot `me`; None where it is to be left alone.
///
/// A reply whose text Discord withholds (its author switched the mention off, and this bot does not ask for the
/// MESSAGE_CONTENT intent) arrives empty: the author addresses somebody else, so that nothing is said. A bare mention
/// or direct message is answered with what can be asked.
pub(super) fn question(heard: &Heard<'_>, me: u64) -> Option<String> {
    if heard.by_bot || heard.by_webhook || heard.author == me || !SPOKEN.contains(&heard.kind) {
        return None;
    }
    if !(heard.mentions_me || heard.replies_to_me || heard.is_direct) {
        return None;
    }
    let text = without_tags(heard.content).trim().to_owned();
    (!text.is_empty() || heard.mentions_me || heard.is_direct).then_some(text)
}

/// Whether a message is talk among people in a server: a picture without a word too, but nothing that is put to the bot.
pub(super) fn is_plain_talk(heard: &Heard<'_>) -> bool {
    let is_person = !heard.by_bot && !heard.by_webhook && SPOKEN.contains(&heard.kind);
    is_person && !(heard.is_direct || heard.mentions_me || heard.replies_to_me)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: u64 = 7;
    const PLAIN: Heard<'_> = Heard {
        author: 1,
        by_bot: false,
        by_webhook: false,
        kind: 0,
        mentions_me: false,
        replies_to_me: false,
        is_direct: false,
        content: "why?",
    };

    #[test]
    fn who_is_answered() {
        let mention = Heard { mentions_me: true, content: "<@7> why?", ..PLAIN };
        let reply = Heard { replies_to_me: true, kind: 19, ..PLAIN };
        let direct = Heard { is_direct: true, ..PLAIN };
        let rows = [
            ("plain talk", PLAIN, None),
            ("mention", mention, Some("why?")),
            ("reply", reply, Some("why?")),
            ("direct", direct, Some("why?")),
            ("a bot's mention", Heard { by_bot: true, ..mention }, None),
            ("a webhook's mention", Heard { by_webhook: true, ..mention }, None),
            ("its own", Heard { author: ME, ..direct }, None),
            ("a join", Heard { kind: 7, ..mention }, None),
            ("a pin", Heard { kind: 6, ..direct }, None),
            ("a command's answer", Heard { kind: 20, ..mention }, None),
            ("a thread's start", Heard { kind: 21, ..mention }, None),
            ("a bare mention", Heard { content: "<@7>", ..mention }, Some("")),
            ("an empty direct message", Heard { content: "", ..direct }, Some("")),
            ("a reply without its text", Heard { content: "", ..reply }, None),
        ];
        for (what, heard, want) in rows {
            assert_eq!(question(&heard, ME).as_deref(), want, "{what}");
        }
    }
}
