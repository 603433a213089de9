//! Sums by entry while the postings of a question are added up: faster than leaving any out, as long as they are few.
//!
//! Whole numbers: a sum of floats depends on their order, and so on which story came first.

/// Sums by entry while lists are added up: a table with open addressing, at least half of it free
/// or as large as there are entries.
pub(super) struct Sums {
    /// Entry, and its sum; 0 marks a free place.
    places: Vec<(u32, u32)>,
    /// Places in the order they were taken.
    taken: Vec<u32>,
    /// Whether every entry has a place of its own.
    is_direct: bool,
}

/// Steps in a nat.
const STEPS: f32 = 2048.0;

impl Sums {
    /// For at most so many postings of so many entries.
    pub(super) fn new(postings: usize, entries: usize) -> Self {
        let places = (postings * 2).min(entries).next_power_of_two();
        let taken = Vec::with_capacity(postings.min(entries));
        Self { places: vec![(0, 0); places], taken, is_direct: places >= entries }
    }

    /// A weight in whole steps; a question's whole weight, some hundreds of nats at most, is far within 32 bits.
    pub(super) fn steps(weight: f32) -> u32 {
        (weight * STEPS).round().max(1.0) as u32
    }

    /// The `most` entries with the highest sums, in no order.
    pub(super) fn best(self, most: usize) -> Vec<(u32, f32)> {
        let sums = self.taken.iter().filter_map(|at| self.places.get(*at as usize));
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(self.taken.len());
        best.extend(sums.map(|(entry, sum)| (*entry, *sum as f32 / (STEPS * 255.0))));
        if best.len() > most {
            best.select_nth_unstable_by(most, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            best.truncate(most);
        }
        best
    }

    /// Adds to what is known of an entry; makes it known only if this `leads` to it.
    pub(super) fn add(&mut self, entry: u32, value: u32, leads: bool) {
        let last = self.places.len().wrapping_sub(1);
        // Fibonacci hashing: neighbouring entries end up far apart.
        let first = if self.is_direct { entry } else { entry.wrapping_mul(0x9e37_79b1) >> 12 };
        let mut at = first as usize & last;
        while let Some(place) = self.places.get_mut(at) {
            if place.1 == 0 {
                if leads {
                    *place = (entry, value);
                    self.taken.push(at as u32);
                }
                return;
            }
            if place.0 == entry {
                place.1 = place.1.saturating_add(value);
                return;
            }
            at = (at + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sums;

    #[test]
    fn only_what_leads_makes_an_entry_known() {
        let mut sums = Sums::new(4, 10);
        let steps = |nats: f32| Sums::steps(nats) * 255;
        let rows = [(7, 1.0, true), (7, 0.5, false), (9, 4.0, false), (0, 2.0, true)];
        rows.iter().for_each(|(entry, value, leads)| sums.add(*entry, steps(*value), *leads));
        let mut best = sums.best(3);
        best.sort_unstable_by_key(|(entry, _)| *entry);
        assert_eq!(best, [(0, 2.0), (7, 1.5)]);
    }
}
