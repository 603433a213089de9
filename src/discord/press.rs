//! What a button or menu does, written into its id, so that it works after a restart and a reload. Pure.
//!
//! An id holds at most 100 characters (Discord, message components): items go by key, lists by code, both of the answer
//! room's. Ids come back from strangers' clients; what cannot be read is None.

use crate::store::Verdict;

/// The longest id.
pub(super) const ID: usize = 100;

/// What happens where a button is pressed, a menu is used or a form is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Shows the item of this key.
    Ask(String),
    /// Says whose word the item is.
    Whose(String),
    /// Turns to the part of a list behind so many items.
    Turn { from: usize, code: String },
    /// Shows the topic that is chosen in the menu of this number.
    Topics(usize),
    /// Counts what somebody thinks of an item.
    Judge(Verdict, String),
    /// Deletes the reply, where this user or a moderator presses.
    Delete(u64),
    /// Sends what is wrong with an item.
    Report(String),
}

impl Press {
    /// The id; None where it would be too long.
    pub(super) fn written(&self) -> Option<String> {
        let id = match self {
            Self::Ask(key) => format!("ask~{key}"),
            Self::Whose(key) => format!("whose~{key}"),
            Self::Turn { from, code } => format!("turn~{from}~{code}"),
            Self::Topics(menu) => format!("topics~{menu}"),
            Self::Judge(verdict, key) => format!("{}~{key}", word(*verdict)),
            Self::Delete(user) => format!("delete~{user}"),
            Self::Report(key) => format!("report~{key}"),
        };
        (id.encode_utf16().count() <= ID).then_some(id)
    }

    /// What an id says.
    pub(super) fn read(id: &str) -> Option<Self> {
        let (verb, rest) = id.split_once('~')?;
        let key = || rest.to_owned();
        let press = match verb {
            "ask" => Self::Ask(key()),
            "whose" => Self::Whose(key()),
            "turn" => {
                let (from, code) = rest.split_once('~')?;
                Self::Turn { from: from.parse().ok()?, code: code.to_owned() }
            }
            "topics" => Self::Topics(rest.parse().ok()?),
            "delete" => Self::Delete(rest.parse().ok()?),
            "report" => Self::Report(key()),
            _ => Self::Judge(*VERDICTS.iter().find(|v| word(**v) == verb)?, key()),
        };
        Some(press)
    }
}

const VERDICTS: &[Verdict] = &[Verdict::Helpful, Verdict::Unhelpful, Verdict::Wrong];

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helpful => "helpful",
        Verdict::Unhelpful => "unhelpful",
        Verdict::Wrong => "wrong",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let key = || "Ab-_9".to_owned();
        let rows = [
            Press::Ask(key()),
            Press::Whose(key()),
            Press::Turn { from: 5, code: "Ab-_9~~1~~a b~c".to_owned() },
            Press::Turn { from: 0, code: ".Ab-_9".to_owned() },
            Press::Topics(1),
            Press::Judge(Verdict::Helpful, key()),
            Press::Judge(Verdict::Unhelpful, key()),
            Press::Judge(Verdict::Wrong, key()),
            Press::Delete(u64::MAX),
            Press::Report(key()),
        ];
        for press in rows {
            assert_eq!(press.written().and_then(|id| Press::read(&id)), Some(press));
        }
        assert_eq!(Press::Ask("x".repeat(ID)).written(), None);
    }

    proptest::proptest! {
        #[test]
        fn strangers_ids_are_read_or_not(id in "[a-z]{0,9}~?\\PC{0,100}") {
            if let Some(press) = Press::read(&id) {
                proptest::prop_assert_eq!(press.written().and_then(|id| Press::read(&id)), Some(press));
            }
        }
    }
}
