//! What readers said of answers, counted per fact and server; who said it is not known here.

use super::Feedback;
use super::Item;
use super::Store;
use super::StoreError;
use super::Verdict;
use super::count;
use super::kept;

/// story, item, helpful, unhelpful, wrong
type Row = (String, String, i64, i64, i64);

/// One statement, so that counts of many at once add up.
const COUNT: &str = "\
    INSERT INTO feedback (server, story, item, helpful, unhelpful, wrong) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (server, story, item) DO UPDATE SET helpful = feedback.helpful + excluded.helpful, \
    unhelpful = feedback.unhelpful + excluded.unhelpful, wrong = feedback.wrong + excluded.wrong";
const OF_ONE: &str = "\
    SELECT story, item, helpful, unhelpful, wrong FROM feedback WHERE server = $1 \
    ORDER BY wrong DESC, unhelpful DESC, helpful DESC, story, item";
const OF_ALL: &str = "\
    SELECT story, item, CAST(SUM(helpful) AS BIGINT), CAST(SUM(unhelpful) AS BIGINT), CAST(SUM(wrong) AS BIGINT) \
    FROM feedback GROUP BY story, item \
    ORDER BY SUM(wrong) DESC, SUM(unhelpful) DESC, SUM(helpful) DESC, story, item";

impl Store {
    /// Counts one verdict on an item; server 0 is direct messages.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing is counted.
    pub async fn count(&self, server: u64, item: &Item, verdict: Verdict) -> Result<(), StoreError> {
        let one_if = |is: Verdict| i64::from(is == verdict);
        sqlx::query(COUNT)
            .bind(kept(server))
            .bind(&item.story)
            .bind(&item.id)
            .bind(one_if(Verdict::Helpful))
            .bind(one_if(Verdict::Unhelpful))
            .bind(one_if(Verdict::Wrong))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The counts of one server, or of all together; what was called wrong most often comes first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn feedback(&self, server: Option<u64>) -> Result<Vec<Feedback>, StoreError> {
        let query = match server {
            Some(server) => sqlx::query_as(OF_ONE).bind(kept(server)),
            None => sqlx::query_as(OF_ALL),
        };
        let rows: Vec<Row> = query.fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(feedback).collect())
    }
}

fn feedback((story, id, helpful, unhelpful, wrong): Row) -> Feedback {
    let item = Item { story, id };
    Feedback { item, helpful: count(helpful), unhelpful: count(unhelpful), wrong: count(wrong) }
}
