//! When to give up on a connection that opens and never becomes a session.
//!
//! serenity 0.12.5 tries again for ever after the close codes 4010, 4011 and 4012, one identify every five seconds; after
//! 1,000 in a day Discord resets the token. Pure: whoever looks once a second tells what it sees.

use std::collections::HashMap;
use std::time::Duration;

/// What a look at the shards showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// Every shard has a session.
    Connected,
    /// One more has than at the last look: serenity starts them five seconds apart, and with a dozen it takes a minute.
    Growing,
    /// A connection is open, and its session is refused or not answered, or nothing comes any more.
    Refused,
    /// No connection: the network or Discord is down, or serenity waits between two tries.
    Absent,
}

/// Tells a shard that hears from one that is connected and deaf: serenity waits without end for a server that takes a
/// connection and says nothing, and shows the shard as connected meanwhile. What it measures at every heartbeat's answer
/// never comes out the same twice; as long as that changes, the shard is alive.
#[derive(Debug)]
pub(super) struct Pulses {
    last: HashMap<u32, (Option<Duration>, u64)>,
    most: u64,
}

impl Pulses {
    /// So many looks without a change are too many.
    pub(super) fn new(most: u64) -> Self {
        Self { last: HashMap::new(), most }
    }

    /// Takes a look at a shard; true where it is deaf.
    pub(super) fn is_deaf(&mut self, shard: u32, latency: Option<Duration>) -> bool {
        match self.last.get_mut(&shard) {
            Some((known, looks)) if *known == latency => {
                *looks += 1;
                *looks > self.most
            }
            _ => {
                self.last.insert(shard, (latency, 0));
                false
            }
        }
    }
}

/// What to do after a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    GoOn,
    /// There was no session for long enough. Whether that is the network's fault, a request tells: serenity waits five
    /// seconds between a refused session and the next, and shows no connection meanwhile.
    Ask,
    /// It is time to give up.
    Over,
}

/// Counts.
#[derive(Debug)]
pub(super) struct Patience {
    refused: u64,
    waited: u64,
    most: u64,
}

impl Patience {
    /// So many looks in a row without a session are the end of it.
    pub(super) fn new(most: u64) -> Self {
        Self { refused: 0, waited: 0, most }
    }

    /// Takes a look.
    pub(super) fn look(&mut self, seen: Seen) -> Verdict {
        match seen {
            Seen::Connected | Seen::Growing => (self.refused, self.waited) = (0, 0),
            Seen::Refused => (self.refused, self.waited) = (self.refused + 1, self.waited + 1),
            Seen::Absent => self.waited += 1,
        }
        if self.refused >= self.most {
            return Verdict::Over;
        }
        if self.waited < self.most {
            return Verdict::GoOn;
        }
        self.waited = 0;
        Verdict::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOKS: u64 = 60;

    #[test]
    fn a_shard_without_a_heartbeat_is_deaf() {
        let ms = |ms| Some(Duration::from_millis(ms));
        let rows = [
            (vec![None, None, None], false),
            (vec![None, None, None, None], true),
            (vec![ms(1), ms(1), ms(1), ms(2), ms(2), ms(2)], false),
            (vec![ms(1), ms(2), ms(2), ms(2), ms(2)], true),
            (vec![ms(1), ms(1), ms(1), None, None, None], false),
        ];
        for (looks, want) in rows {
            let mut pulses = Pulses::new(2);
            // Another shard's heartbeat says nothing about this one.
            let deaf = looks.iter().zip(0..).map(|(latency, n)| pulses.is_deaf(0, *latency) | pulses.is_deaf(1, ms(n)));
            assert_eq!(deaf.last(), Some(want), "{looks:?}");
        }
    }

    #[test]
    fn gives_up_on_refusals_and_asks_about_silence() {
        let (go_on, ask, over) = (Verdict::GoOn, Verdict::Ask, Verdict::Over);
        let rows = [
            (vec![(Seen::Refused, LOOKS - 1)], go_on),
            (vec![(Seen::Refused, LOOKS)], over),
            (vec![(Seen::Absent, LOOKS - 1)], go_on),
            (vec![(Seen::Absent, LOOKS)], ask),
            (vec![(Seen::Absent, LOOKS + 1)], go_on),
            (vec![(Seen::Absent, 2 * LOOKS)], ask),
            (vec![(Seen::Refused, LOOKS - 1), (Seen::Connected, 1), (Seen::Refused, LOOKS - 1)], go_on),
            (vec![(Seen::Refused, 1), (Seen::Absent, LOOKS - 1)], ask),
            (vec![(Seen::Refused, LOOKS - 1), (Seen::Growing, 1), (Seen::Refused, LOOKS - 1)], go_on),
            (vec![(Seen::Absent, LOOKS - 1), (Seen::Growing, 1), (Seen::Absent, LOOKS - 1)], go_on),
            (vec![(Seen::Growing, 1), (Seen::Absent, LOOKS)], ask),
            (vec![(Seen::Refused, LOOKS - 1), (Seen::Absent, 5), (Seen::Refused, 1)], over),
        ];
        for (looks, want) in rows {
            let mut patience = Patience::new(LOOKS);
            let all = looks.iter().flat_map(|(seen, times)| (0..*times).map(|_| *seen));
            let last = all.map(|seen| patience.look(seen)).last();
            assert_eq!(last, Some(want), "{looks:?}");
        }
    }
}
