//! Questions that missed their answer: merged with a near twin, limited in number and in time.
//!
//! Whether two questions are twins is the caller's to say; nothing here reads a question.

use sqlx::Sqlite;
use sqlx::Transaction;
use time::Date;

use super::Gap;
use super::Item;
use super::MOST_GAPS;
use super::MOST_LETTERS;
use super::Missed;
use super::Reason;
use super::Store;
use super::StoreError;
use super::count;
use super::kept;
use super::rows::KEEP_DAYS;

/// question, unanswered, unhelpful, wrong, story, item, first_day, last_day
type Row = (String, i64, i64, i64, Option<String>, Option<String>, i64, i64);

const OF_ONE: &str = "\
    SELECT question, unanswered, unhelpful, wrong, story, item, first_day, last_day FROM gap WHERE server = $1 \
    ORDER BY unanswered + unhelpful + wrong DESC, last_day DESC, question";
const OF_ALL: &str = "\
    SELECT question, unanswered, unhelpful, wrong, story, item, first_day, last_day FROM gap \
    ORDER BY unanswered + unhelpful + wrong DESC, last_day DESC, question, server";
const SAVE: &str = "\
    INSERT INTO gap (server, question, unanswered, unhelpful, wrong, story, item, first_day, last_day) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
    ON CONFLICT (server, question) DO UPDATE SET unanswered = excluded.unanswered, unhelpful = excluded.unhelpful, \
    wrong = excluded.wrong, story = excluded.story, item = excluded.item, first_day = excluded.first_day, \
    last_day = excluded.last_day";
const EXPIRE: &str = "\
    DELETE FROM gap WHERE last_day < $1 - COALESCE((SELECT keep_days FROM server WHERE server.id = gap.server), $2)";

impl Store {
    /// Keeps a question that missed its answer, with a near twin of the same server as one; server 0 is direct messages.
    /// A question without a letter is not kept. Gives nothing back but that it is kept.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of it is kept.
    pub async fn note(
        &self,
        server: u64,
        missed: &Missed,
        today: Date,
        is_twin: &(dyn Fn(&str, &str) -> bool + Send + Sync),
    ) -> Result<(), StoreError> {
        let question: String = missed.question.chars().take(MOST_LETTERS).collect();
        if question.trim().is_empty() {
            return Ok(());
        }
        let mut change = self.begin().await?;
        let rows: Vec<Row> = sqlx::query_as(OF_ONE).bind(kept(server)).fetch_all(&mut *change).await?;
        let same = rows.iter().find(|row| row.0 == question);
        let gap = match same.or_else(|| rows.iter().find(|row| is_twin(&row.0, &question))) {
            Some(row) => gap(row.clone())?,
            None => {
                // The most asked come first.
                if let Some(last) = rows.last().filter(|_| rows.len() >= MOST_GAPS) {
                    take_out(&mut change, server, &last.0).await?;
                }
                Gap { question, unanswered: 0, unhelpful: 0, wrong: 0, nearest: None, first: today, last: today }
            }
        };
        save(&mut change, server, &merged(gap, missed, today)).await?;
        Ok(change.commit().await?)
    }

    /// The gaps of one server, or of all; the most asked first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn gaps(&self, server: Option<u64>) -> Result<Vec<Gap>, StoreError> {
        let query = match server {
            Some(server) => sqlx::query_as(OF_ONE).bind(kept(server)),
            None => sqlx::query_as(OF_ALL),
        };
        let rows: Vec<Row> = query.fetch_all(&self.pool).await?;
        rows.into_iter().map(gap).collect()
    }

    /// How many gaps there are, of all servers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn gap_count(&self) -> Result<i64, StoreError> {
        let (gaps,) = sqlx::query_as::<_, (i64,)>("SELECT COUNT(*) FROM gap").fetch_one(&self.pool).await?;
        Ok(gaps)
    }

    /// Takes out the gaps that were last asked more days ago than their server keeps them, and says how many.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn expire(&self, today: Date) -> Result<u64, StoreError> {
        let done = sqlx::query(EXPIRE).bind(day(today)).bind(i64::from(KEEP_DAYS)).execute(&self.pool).await?;
        Ok(done.rows_affected())
    }
}

fn merged(gap: Gap, missed: &Missed, today: Date) -> Gap {
    let one_if = |is: Reason| u64::from(is == missed.reason);
    // What was rated is not known from the question alone; what is nearest can be asked again.
    let is_rated = gap.unhelpful + gap.wrong > 0 && missed.reason == Reason::Unanswered;
    let newer = missed.nearest.clone().filter(|_| !is_rated);
    Gap {
        unanswered: gap.unanswered + one_if(Reason::Unanswered),
        unhelpful: gap.unhelpful + one_if(Reason::Unhelpful),
        wrong: gap.wrong + one_if(Reason::Wrong),
        nearest: newer.or(gap.nearest),
        // A clock may be set back.
        first: gap.first.min(today),
        last: gap.last.max(today),
        question: gap.question,
    }
}

async fn save(change: &mut Transaction<'static, Sqlite>, server: u64, gap: &Gap) -> Result<(), StoreError> {
    let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(SAVE)
        .bind(kept(server))
        .bind(&gap.question)
        .bind(signed(gap.unanswered))
        .bind(signed(gap.unhelpful))
        .bind(signed(gap.wrong))
        .bind(gap.nearest.as_ref().map(|item| item.story.as_str()))
        .bind(gap.nearest.as_ref().map(|item| item.id.as_str()))
        .bind(day(gap.first))
        .bind(day(gap.last))
        .execute(&mut **change)
        .await?;
    Ok(())
}

async fn take_out(change: &mut Transaction<'static, Sqlite>, server: u64, question: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM gap WHERE server = $1 AND question = $2";
    sqlx::query(delete).bind(kept(server)).bind(question).execute(&mut **change).await?;
    Ok(())
}

fn gap((question, unanswered, unhelpful, wrong, story, id, first, last): Row) -> Result<Gap, StoreError> {
    Ok(Gap {
        question,
        unanswered: count(unanswered),
        unhelpful: count(unhelpful),
        wrong: count(wrong),
        nearest: story.zip(id).map(|(story, id)| Item { story, id }),
        first: date(first)?,
        last: date(last)?,
    })
}

fn day(date: Date) -> i64 {
    i64::from(date.to_julian_day())
}

fn date(day: i64) -> Result<Date, StoreError> {
    let day = i32::try_from(day).map_err(|_| StoreError::Row("gap.first_day"))?;
    Date::from_julian_day(day).map_err(|_| StoreError::Row("gap.last_day"))
}
