//! Which messages are answered, and what of them is the question. Pure: no Discord library, no clock, no text kept.
//!
//! Never answered: bots (itself too, so that bots cannot talk in circles), webhooks, system messages, and messages that
//! are not meant for it.

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
    let text = without_tags(heard.content);
    (!text.is_empty() || heard.mentions_me || heard.is_direct).then_some(text)
}

/// The words of a text, without Discord's tags: mentions, emoji, times, links to commands.
fn without_tags(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('<') {
        words.push_str(before);
        rest = match tail.split_once('>') {
            Some((tag, after)) if is_tag(tag) => {
                words.push(' ');
                after
            }
            _ => {
                words.push('<');
                tail
            }
        };
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `@1`, `@!1`, `@&1`, `#1`, `/name:1`, `:name:1`, `a:name:1`, `t:1:R`, `id:guide`: the whole list of Discord's reference.
fn is_tag(tag: &str) -> bool {
    const STARTS: &[&str] = &["@!", "@&", "@", "#"];
    const NAMED: &[&str] = &["/", ":", "a:"];
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_plain = STARTS.iter().filter_map(|start| tag.strip_prefix(start)).any(is_id);
    let named = NAMED.iter().filter_map(|start| tag.strip_prefix(start));
    let is_named = named.filter_map(|name| name.rsplit_once(':')).any(|(name, id)| !name.is_empty() && is_id(id));
    let time = tag.strip_prefix("t:").map(|time| time.split(':').next().unwrap_or_default());
    let is_time = time.is_some_and(|time| is_id(time.strip_prefix('-').unwrap_or(time)));
    let is_page =
        tag.strip_prefix("id:").is_some_and(|page| !page.is_empty() && page.bytes().all(|b| b.is_ascii_lowercase()));
    is_plain || is_named || is_time || is_page
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

    #[test]
    fn tags_are_no_words() {
        let rows = [
            ("<@7> why?", "why?"),
            ("<@!7>why <@&12> is <#34> it", "why is it"),
            ("so </ask:1> </facts gaps:2> <:sad:3> <a:wave:4> <t:5:R> <t:-5> <id:guide> there", "so there"),
            ("is 3 < 4 and 5 > 4?", "is 3 < 4 and 5 > 4?"),
            ("<b> <@x> <:> <t:> <@> a<", "<b> <@x> <:> <t:> <@> a<"),
            ("<<@7>> x", "< > x"),
            ("", ""),
        ];
        for (text, want) in rows {
            assert_eq!(without_tags(text), want, "{text}");
        }
    }
}
