//! Tags of Discord's in a text: mentions, emoji, times, links to commands. They are no words.

/// `text` with a blank in place of each tag.
pub fn without_tags(text: &str) -> String {
    without_between(text, '<', '>', is_tag)
}

/// `text` with a blank in place of whatever stands between `open` and `close` and `is` so; the rest stays as it is.
pub fn without_between(text: &str, open: char, close: char, is: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once(open) {
        out.push_str(before);
        rest = match tail.split_once(close) {
            Some((inside, after)) if is(inside) => {
                out.push(' ');
                after
            }
            _ => {
                out.push(open);
                tail
            }
        };
    }
    out.push_str(rest);
    out
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
    use super::without_tags;

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
            let got = without_tags(text);
            assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), want, "{text}");
        }
    }
}
