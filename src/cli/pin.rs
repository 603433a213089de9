//! Writes an article's digest into a story file, changing that line and nothing else.

use crate::knowledge::Source;

/// `text` with `sha256 = "digest"` in the table of `source`; a line that is there is replaced.
pub(super) fn pinned(text: &str, source: &Source, digest: &str) -> String {
    let line = format!("sha256 = \"{digest}\"");
    let mut lines: Vec<&str> = text.lines().collect();
    let first = source.at.line;
    let length = lines.iter().skip(first).position(|l| l.trim_start().starts_with('[')).unwrap_or(lines.len() - first);
    let table = first..first + length;
    let is_pin =
        |l: &&str| l.trim_start().strip_prefix("sha256").is_some_and(|rest| rest.trim_start().starts_with('='));
    let pin = table.clone().find(|n| lines.get(*n).is_some_and(is_pin));
    match pin.and_then(|n| lines.get_mut(n)) {
        Some(old) => *old = &line,
        None => {
            let is_key =
                |n: &usize| lines.get(*n).is_some_and(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#'));
            let last = table.clone().rev().find(is_key).unwrap_or(first);
            lines.insert(last + 1, &line);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::pinned;
    use crate::knowledge::load_text;

    const STORY: &str = "[story]\nid = \"s\"\ntitle = \"t\"\n\n[[source]]\nid = \"a\"\nheadline = \"h\"\nbody = [\n  1,\n]\n\n\
        # people\n[[person]]\nid = \"p\"\nname = \"n\"\n\n[[fact]]\nid = \"f\"\nstatement = \"x\"\nsource = { id = \"a\" }\n";

    #[test]
    fn writes_one_line_and_replaces_it() {
        let today = time::macros::date!(2031 - 01 - 01);
        let load = |text: &str| load_text("s.toml", text, today).0.unwrap();
        let one = pinned(STORY, &load(STORY).sources[0], &"a".repeat(64));
        assert_eq!(load(&one).sources[0].sha256, Some("a".repeat(64)));
        assert_eq!(one.lines().count(), STORY.lines().count() + 1);
        let two = pinned(&one, &load(&one).sources[0], &"b".repeat(64));
        assert_eq!(two, one.replace(&"a".repeat(64), &"b".repeat(64)));
    }
}
