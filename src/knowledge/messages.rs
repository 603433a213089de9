//! What readers of TOML and serde say about shapes, said again in the words of an editor.
//!
//! All wording of shape errors is here; a message that is not recognised is passed on as it is.

/// The tables a story file may have.
const SECTIONS: &[&str] = &["format", "story", "source", "person", "topic", "fact", "quote", "correction"];

/// serde's names of types, and how an editor types such a value.
const EXPECTED: &[(&str, &str)] = &[
    ("a string", "a text in quotation marks"),
    ("a sequence", "a list in square brackets"),
    ("a boolean", "true or false, without quotation marks"),
    ("a table or a list of tables", "a table such as { id = \"courier\", paragraph = 1 }"),
    ("u32", "a whole number from 1"),
];

/// What the parser says of a line that is not TOML, and what would be right; the first that fits.
const SYNTAX: &[(&str, &str)] = &[
    ("unexpected key or value", "behind a value the line ends, and a quotation mark inside a text is written \\\""),
    ("missing opening quote", "a text begins and ends with a quotation mark"),
    ("invalid basic string", "a text ends with a quotation mark, in the line in which it began"),
    (
        "string values must be quoted",
        "a text stands between straight quotation marks \"...\", a date is written 2031-03-11",
    ),
    ("invalid float", "a date is written 2031-03-11, and a text stands in quotation marks"),
    ("invalid integer", "a date is written 2031-03-11, and a text stands in quotation marks"),
    ("invalid boolean", "write true or false, in small letters"),
    ("key with no value", "each line is a name, = and a value; a text ends in the line in which it began"),
    ("unclosed array table", "a table starts with a line [[name]]"),
    ("unclosed table", "a table starts with a line [name]"),
    ("unclosed array", "a list ends with ]"),
    ("unclosed inline table", "what { opens } closes, in the same line"),
    ("missing comma", "a comma stands between two values, and ] or } behind the last"),
    (
        "invalid unquoted key",
        "a line starts with a name of letters, digits, - and _, and a space from a web page may be none",
    ),
    ("unquoted keys cannot be empty", "a line starts with a name"),
    ("missing escaped value", "a backslash inside a text is written \\\\"),
];

/// A line that is not TOML; `at` is what stands where the parser objects.
pub(super) fn syntax(message: &str, at: &str) -> String {
    if message == "duplicate key" {
        return match at {
            "source" | "person" | "topic" | "fact" | "quote" | "correction" => double_brackets(at),
            _ => format!("`{at}` stands twice in one table; take one out"),
        };
    }
    let head = message.split_once(", expected").map_or(message, |(head, _)| head);
    match SYNTAX.iter().find(|(said, _)| message.contains(said)) {
        Some((_, right)) => format!("this is not TOML: {head}; {right}"),
        None => format!("this is not TOML: {message}"),
    }
}

/// A table of which there are many, as if there were one.
pub(super) fn double_brackets(name: &str) -> String {
    format!("each `{name}` starts with a line [[{name}]] in double brackets")
}

/// The known key that an unknown one most likely is, where serde complains of one.
pub(super) fn meant(message: &str) -> Option<&str> {
    let (name, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
    nearest(name, quoted(known))
}

/// The field that serde misses.
pub(super) fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// A required key that is not there; `nested` where the table stands in braces inside another.
pub(super) fn missing(table: &str, field: &str, nested: bool) -> String {
    if nested {
        return format!("`{field}` is missing between these braces; write {{ {field} = \"...\" }}");
    }
    let table = if table == "story" { "[story]".to_owned() } else { format!("[[{table}]]") };
    format!("`{field}` is missing; every {table} needs one")
}

/// A top-level name that means nothing.
pub(super) fn unknown_section(name: &str) -> String {
    format!("unknown key `{name}`{}", proposal(name, SECTIONS.iter().copied()))
}

/// What serde said about `key` of `table`.
pub(super) fn shape(table: &str, key: &str, message: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let (name, known) = rest.split_once('`').unwrap_or((key, rest));
        return format!("unknown key `{name}`{}", proposal(name, quoted(known)));
    }
    if let Some(rest) = message.strip_prefix("unknown variant `") {
        let (name, known) = rest.split_once('`').unwrap_or((key, rest));
        return format!("`{key}` cannot be \"{name}\"{}", proposal(name, quoted(known)));
    }
    if let Some((found, expected)) = message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected ")) {
        return format!("`{key}` is {}, but should be {}", article(found), in_words(expected));
    }
    if let Some((found, expected)) = message.strip_prefix("invalid value: ").and_then(|m| m.split_once(", expected ")) {
        return format!("`{key}` is {}, but should be {}", article(found), in_words(expected));
    }
    if message.starts_with("invalid length") {
        return format!("`{key}` should be {}", in_words("struct "));
    }
    if let Some(rest) = message.strip_prefix("expected ") {
        return format!("`{key}` should be {rest}");
    }
    format!("`{key}` of `{table}`: {message}")
}

/// `; did you mean `x`?` where a known name is near, otherwise the list of known names.
pub(super) fn proposal<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("; did you mean `{near}`?");
    }
    let list: Vec<&str> = known.take(MOST_LISTED).collect();
    if list.is_empty() { String::new() } else { format!("; known here: {}", list.join(", ")) }
}

/// Longer lists help nobody.
const MOST_LISTED: usize = 18;

/// The known name that `name` is most likely a slip of: Jaro-Winkler of at least 0.85, a usual bound for single words.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|k| (strsim::jaro_winkler(name, k), k))
        .filter(|(similarity, _)| *similarity >= 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}

/// The names between backquotes in serde's "expected one of `a`, `b`".
fn quoted(message: &str) -> impl Iterator<Item = &str> + Clone {
    message.split('`').skip(1).step_by(2)
}

fn in_words(expected: &str) -> &str {
    if expected.starts_with("struct ") {
        return "a table such as { id = \"courier\", paragraph = 1 }";
    }
    EXPECTED.iter().find(|(serde, _)| *serde == expected).map_or(expected, |(_, words)| words)
}

fn article(found: &str) -> String {
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        other => other
            .replace('`', "")
            .replacen("integer", "the number", 1)
            .replacen("string", "the text", 1)
            .replacen("boolean", "the value", 1),
    }
}
