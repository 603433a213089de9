//! Every sentence this room adds to what the answer room says, in one place.

/// Where a reply is too long for one message even without its quotes.
pub(super) const TOO_LONG: &str = "The answer is too long for one message here.";
/// Where the bot knows no story of that id.
pub(super) const NO_STORY: &str = "I don't have a story with that id. I have:";
/// Behind authors, where there are more.
pub(super) const AND_OTHERS: &str = "and others";

/// Says what is left out.
pub(super) fn left_out(quotes: usize, facts: usize) -> Option<String> {
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("one {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts: Vec<String> =
        [counted(quotes, "quote", "quotes"), counted(facts, "statement", "statements")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("(Left out, because a message holds no more: {}.)", parts.join(" and ")))
}
