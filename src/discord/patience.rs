//! When to give up on a connection that opens and never becomes a session.
//!
//! serenity 0.12.5 tries again for ever after the close codes 4010, 4011 and 4012, one identify every five seconds; after
//! 1,000 in a day Discord resets the token. Pure: whoever looks once a second tells what it sees.

/// Looks in a row, one a second: about 12 identifies.
const LOOKS: u32 = 60;

/// What a look at the shards showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Every shard has a session.
    Connected,
    /// A connection is open, and its session is refused or not answered.
    Refused,
    /// No connection: the network or Discord is down. Waiting for it costs no identify.
    Absent,
}

/// Counts.
#[derive(Debug, Default)]
pub(super) struct Patience {
    refused: u32,
}

impl Patience {
    /// Takes a look; true where it is time to give up.
    pub(super) fn is_over(&mut self, seen: Seen) -> bool {
        match seen {
            Seen::Connected => self.refused = 0,
            Seen::Refused => self.refused += 1,
            Seen::Absent => {}
        }
        self.refused >= LOOKS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_up_on_refusals_only() {
        let rows = [
            (vec![(Seen::Refused, LOOKS - 1)], false),
            (vec![(Seen::Refused, LOOKS)], true),
            (vec![(Seen::Absent, 10 * LOOKS)], false),
            (vec![(Seen::Refused, LOOKS - 1), (Seen::Connected, 1), (Seen::Refused, LOOKS - 1)], false),
            (vec![(Seen::Refused, LOOKS - 1), (Seen::Absent, 5), (Seen::Refused, 1)], true),
        ];
        for (looks, want) in rows {
            let mut patience = Patience::default();
            let mut over = false;
            for (seen, times) in &looks {
                for _ in 0..*times {
                    over = patience.is_over(*seen);
                }
            }
            assert_eq!(over, want, "{looks:?}");
        }
    }
}
