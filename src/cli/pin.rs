//! Writes an article's digest into the text of a story file, changing that line and nothing else.

use crate::knowledge::Source;

/// `text` with `sha256 = "digest"` in the table of `source`, with the text's own line ends; a line that is there is
/// replaced. The caller sees to it that the result still loads: a file may hold its sources in a form without lines.
pub(super) fn pinned(text: &str, source: &Source, digest: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("sha256 = \"{digest}\"");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let first = source.at.line;
    let is_header = |l: &String| l.trim_start().starts_with('[');
    let length = lines.iter().skip(first).position(is_header).unwrap_or(lines.len().saturating_sub(first));
    let table = first..first + length;
    let key = |l: &str| l.split_once('=').map(|(key, _)| key.trim().trim_matches(['"', '\'']).to_owned());
    let is_pin = |n: &usize| lines.get(*n).and_then(|l| key(l)).is_some_and(|key| key == "sha256");
    if let Some(old) = table.clone().find(is_pin).and_then(|n| lines.get_mut(n)) {
        let tail: String = old.chars().skip_while(|c| !matches!(c, '\r' | '\n')).collect();
        *old = format!("{line}{tail}");
        return lines.concat();
    }
    let is_key = |n: &usize| lines.get(*n).is_some_and(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#'));
    let last = table.rev().find(is_key).unwrap_or(first.saturating_sub(1));
    if let Some(before) = lines.get_mut(last).filter(|l| !l.ends_with('\n')) {
        before.push_str(end);
        lines.push(line);
    } else {
        lines.insert((last + 1).min(lines.len()), format!("{line}{end}"));
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::pinned;
    use crate::knowledge::load_text;

    const STORY: &str = "[story]\nid = \"s\"\ntitle = \"t\"\n\n[[fact]]\nid = \"f\"\nstatement = \"x\"\nsource = { id = \"a\" }\n\n\
        # people\n[[person]]\nid = \"p\"\nname = \"n\"\n\n[[source]]\nid = \"a\"\nheadline = \"h\"\nbody = [\n  1,\n]";

    #[test]
    fn writes_one_line_and_replaces_it() {
        let today = time::macros::date!(2031 - 01 - 01);
        let load = |text: &str| load_text("s.toml", text, today).0.unwrap();
        let after = "\n\n# the end\n[[topic]]\nid = \"t\"\nname = \"T\"\n";
        let quoted = "\n\"sha256\" = \"0000000000000000000000000000000000000000000000000000000000000000\"\n";
        let forms = [STORY.to_owned(), format!("{STORY}\n"), format!("{STORY}{after}"), format!("{STORY}{quoted}")];
        for unix in forms {
            for text in [unix.clone(), unix.replace('\n', "\r\n")] {
                let one = pinned(&text, &load(&text).sources[0], &"a".repeat(64));
                assert_eq!(load(&one).sources[0].sha256, Some("a".repeat(64)), "{one}");
                let kept =
                    |text: &str| text.split_inclusive('\n').filter(|l| !l.contains("sha256")).collect::<String>();
                assert!(kept(&one).starts_with(kept(&text).trim_end()), "nothing else changes: {one}");
                assert_eq!(one.contains("\r\n"), text.contains("\r\n"));
                let two = pinned(&one, &load(&one).sources[0], &"b".repeat(64));
                assert_eq!(two, one.replace(&"a".repeat(64), &"b".repeat(64)));
            }
        }
    }
}
