//! The environment's part of the configuration: which variables are ours, which key each sets, and where a key was set.
//!
//! A variable that cannot be read is an error and never passed over: whoever set it believes that it holds. No value is
//! part of a message here, because one of these variables is the token.

use std::ffi::OsString;

use super::Env;
use super::Faulty;
use super::token;

/// Variables that set keys look like `ONRECORD__SERVICE__LISTEN`.
pub(super) const PREFIX: &str = "ONRECORD";
/// Between the prefix, a section and a key.
pub(super) const SEPARATOR: &str = "__";

/// One variable that sets a key.
pub(super) struct Variable<'a> {
    /// As it stands in the environment.
    pub name: &'a str,
    /// `section.key`, or what else follows the prefix.
    pub path: String,
    value: &'a str,
}

/// The variables that set keys, by name.
pub(super) fn variables(env: &Env) -> Vec<Variable<'_>> {
    let ours = |name: &str| name.to_lowercase().strip_prefix(&start()).map(|rest| rest.replace(SEPARATOR, "."));
    let mut found: Vec<Variable<'_>> = env
        .iter()
        // An empty variable is how compose files write "not set".
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, value)| Some(Variable { name, path: ours(name)?, value }))
        .collect();
    found.sort_by_key(|variable| variable.name);
    found
}

/// The layer over the file.
pub(super) fn layer(variables: &[Variable<'_>]) -> config::Environment {
    let env = variables.iter().map(|v| (v.name.to_owned(), v.value.to_owned())).collect();
    config::Environment::with_prefix(PREFIX).prefix_separator(SEPARATOR).separator(SEPARATOR).source(Some(env))
}

/// Who set a key: the variable's name, or the file's.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub file: &'a str,
    pub variables: &'a [Variable<'a>],
}

impl<'a> Places<'a> {
    /// Who set the first of `keys` that a variable sets, else the file: defaults are never wrong by themselves.
    pub fn of(&self, keys: &[&str]) -> &'a str {
        let set = |key: &&str| self.variables.iter().find(|variable| variable.path == **key);
        keys.iter().find_map(set).map_or(self.file, |variable| variable.name)
    }
}

/// What the system handed over, as text.
///
/// # Errors
/// A line for each variable of ours whose name or value is not UTF-8; other programs' variables do not matter.
pub(super) fn texts(env: impl Iterator<Item = (OsString, OsString)>) -> Result<Env, Faulty> {
    let mut texts = Env::new();
    let mut problems = Vec::new();
    for (name, value) in env {
        match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => drop(texts.insert(name, value)),
            (name, value) => {
                let what = if name.is_err() { "name" } else { "value" };
                let name = name.unwrap_or_else(|name| name.to_string_lossy().into_owned());
                if is_ours(&name) {
                    let name = name.escape_debug();
                    problems.push(format!("{name}: its {what} is not UTF-8 text; write it in UTF-8, or unset it"));
                }
                drop(value);
            }
        }
    }
    problems.sort();
    if problems.is_empty() { Ok(texts) } else { Err(Faulty(problems)) }
}

fn is_ours(name: &str) -> bool {
    name.to_lowercase().starts_with(&start()) || [token::VARIABLE, token::FILE_VARIABLE].contains(&name)
}

fn start() -> String {
    format!("{PREFIX}{SEPARATOR}").to_lowercase()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn what_is_not_utf_8_is_told_if_it_is_ours() {
        let rows: &[(&[u8], &[u8], &str)] = &[
            (b"ONRECORD__STORE__FILE", b"ok.db", ""),
            (
                b"ONRECORD__STORE__FILE",
                b"\xff.db",
                "ONRECORD__STORE__FILE: its value is not UTF-8 text; write it in UTF-8, or unset it",
            ),
            (
                b"ONRECORD__STORE\xff",
                b"x",
                "ONRECORD__STORE\u{fffd}: its name is not UTF-8 text; write it in UTF-8, or unset it",
            ),
            (
                b"DISCORD_TOKEN",
                b"secret\xff",
                "DISCORD_TOKEN: its value is not UTF-8 text; write it in UTF-8, or unset it",
            ),
            (
                b"DISCORD_TOKEN_FILE",
                b"/\xff",
                "DISCORD_TOKEN_FILE: its value is not UTF-8 text; write it in UTF-8, or unset it",
            ),
            (b"OTHER", b"\xff", ""),
            (b"OTHER\xff", b"x", ""),
        ];
        for (name, value, want) in rows {
            let env = [(name.to_vec(), value.to_vec()), (b"HOME".to_vec(), b"/".to_vec())];
            let env = env.into_iter().map(|(n, v)| (OsString::from_vec(n), OsString::from_vec(v)));
            match texts(env) {
                Ok(read) => assert!(want.is_empty() && read["HOME"] == "/", "{name:?}"),
                Err(error) => assert_eq!(error.to_string(), *want),
            }
        }
    }
}
