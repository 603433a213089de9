//! Which of a bot's shards this process runs: what Discord recommends, a number, or a range of a total where several
//! processes share the bot.
//!
//! A `ShardRange` cannot be wrong: at least one shard, and none that the total does not have.

/// `discord.shards`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shards {
    /// All, as many as Discord recommends.
    Auto,
    /// These.
    Some(ShardRange),
}

/// Shards in a row out of a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardRange {
    first: u32,
    /// Not below `first`, and below `total`.
    last: u32,
    total: u32,
}

impl ShardRange {
    /// All of `total`; one where that is 0.
    pub fn all(total: u32) -> Self {
        let total = total.max(1);
        Self { first: 0, last: total - 1, total }
    }

    /// The lowest that runs here.
    pub fn first(self) -> u32 {
        self.first
    }

    /// The highest that runs here.
    pub fn last(self) -> u32 {
        self.last
    }

    /// Of how many, in all processes.
    pub fn total(self) -> u32 {
        self.total
    }

    /// How many run here.
    pub fn here(self) -> u32 {
        self.last - self.first + 1
    }

    /// Whether others run elsewhere.
    pub fn is_part(self) -> bool {
        self.here() < self.total
    }
}

impl std::fmt::Display for ShardRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_part() {
            write!(f, "{}-{}/{}", self.first, self.last, self.total)
        } else {
            write!(f, "{}", self.total)
        }
    }
}

impl Shards {
    /// Reads `auto`, `4` or `0-1/4`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, String> {
        if typed == "auto" {
            return Ok(Self::Auto);
        }
        let is = || format!("is {typed:?}");
        let Some((range, total)) = typed.split_once('/') else {
            let total = number(typed).ok_or_else(is)?;
            return if total == 0 { Err(is()) } else { Ok(Self::Some(ShardRange::all(total))) };
        };
        let (first, last) = range.split_once('-').ok_or_else(is)?;
        let [Some(first), Some(last), Some(total)] = [first, last, total].map(number) else { return Err(is()) };
        if last >= total {
            return Err(format!("names shard {last} of {total}, which are counted from 0"));
        }
        if first > last {
            return Err(format!("begins with shard {first} and ends with {last}"));
        }
        Ok(Self::Some(ShardRange { first, last, total }))
    }

    /// As a value in TOML.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Auto => "\"auto\"".to_owned(),
            Self::Some(range) if range.is_part() => format!("\"{range}\""),
            Self::Some(range) => range.to_string(),
        }
    }
}

/// The parser alone would take a sign.
fn number(typed: &str) -> Option<u32> {
    typed.parse().ok().filter(|_| typed.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken() {
        let rows = [
            ("1", (0, 0, 1), "1"),
            ("4", (0, 3, 4), "4"),
            ("0-1/4", (0, 1, 4), "\"0-1/4\""),
            ("2-3/4", (2, 3, 4), "\"2-3/4\""),
            ("3-3/4", (3, 3, 4), "\"3-3/4\""),
            ("0-3/4", (0, 3, 4), "4"),
            ("4294967295", (0, u32::MAX - 1, u32::MAX), "4294967295"),
        ];
        for (typed, (first, last, total), shown) in rows {
            let want = ShardRange { first, last, total };
            assert_eq!(Shards::parse(typed), Ok(Shards::Some(want)), "{typed}");
            assert_eq!((want.here(), want.is_part()), (last - first + 1, shown.contains('/')), "{typed}");
            assert_eq!(Shards::Some(want).shown(), shown);
        }
        assert_eq!(Shards::parse("auto").map(Shards::shown), Ok("\"auto\"".to_owned()));
    }

    #[test]
    fn what_is_refused() {
        let is = [
            "",
            "0",
            "-1",
            "+1",
            "1.5",
            "four",
            "AUTO",
            "0-1",
            "0/4",
            "1-/4",
            "-1/4",
            "0-1/",
            "0-1/4/4",
            " 1",
            "4294967296",
        ];
        for typed in is {
            assert_eq!(Shards::parse(typed), Err(format!("is {typed:?}")));
        }
        let rows = [
            ("0-4/4", "names shard 4 of 4, which are counted from 0"),
            ("0-0/0", "names shard 0 of 0, which are counted from 0"),
            ("2-1/4", "begins with shard 2 and ends with 1"),
        ];
        for (typed, want) in rows {
            assert_eq!(Shards::parse(typed), Err(want.to_owned()));
        }
    }
}
