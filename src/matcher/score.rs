//! The one scale: confidence from 0 to 1, in every base.

/// How sure a match is, 0 to 1; never NaN.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Confidence(f32);

/// Sum of signals at which a match is as likely right as wrong, and how far from it certainty grows by a factor of e.
/// Chosen on the tuning half of the gold questions; `eval --sweep` shows what other thresholds on it would give.
const EVEN: f32 = 0.0;
const SPREAD: f32 = 1.0;

impl Confidence {
    /// The confidence of a sum of weighted signals: the logistic function of its distance from even odds.
    pub(super) fn of_score(score: f32) -> Self {
        if score.is_nan() {
            return Self(0.0);
        }
        Self(1.0 / (1.0 + (-(score - EVEN) / SPREAD).exp()))
    }

    /// Clamps a number to the scale; NaN is no confidence.
    pub fn new(value: f32) -> Self {
        if value.is_nan() { Self(0.0) } else { Self(value.clamp(0.0, 1.0)) }
    }

    /// 0 to 1.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl Eq for Confidence {}

impl Ord for Confidence {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Confidence {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::{Confidence, EVEN};

    #[test]
    fn scale() {
        assert_eq!(Confidence::of_score(EVEN).get(), 0.5);
        assert!(Confidence::of_score(EVEN + 1.0) > Confidence::of_score(EVEN));
        let rows = [(f32::NAN, 0.0), (f32::INFINITY, 1.0), (f32::NEG_INFINITY, 0.0), (-3.0, 0.0), (7.0, 1.0)];
        for (value, want) in rows {
            assert_eq!(Confidence::new(value).get(), want, "{value}");
            let of_score = Confidence::of_score(value).get();
            assert!((0.0..=1.0).contains(&of_score), "{value}: {of_score}");
        }
    }
}
