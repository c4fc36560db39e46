//! CSV as csv-parse 4 reads it with newman's options. No Rust library does the same: a blank line is a record with one
//! empty cell, blanks around a cell are trimmed, all lines end as the first one does, and each cell knows whether it is
//! quoted.

/// A closing quote with more text of its cell after it, or a quote that is never closed. Holds the line, counted from
/// 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StrayQuote(pub(super) usize);

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_quoted: bool,
}

impl Cell {
    fn is_nothing(&self) -> bool {
        self.text.is_empty() && !self.is_quoted
    }
}

/// The cells of each record in `text`.
pub(super) fn records(text: &str) -> Result<Vec<Vec<Cell>>, StrayQuote> {
    let mut reader = Reader { text, at: 0, line_end: None };
    let (mut records, mut record) = (Vec::new(), Vec::new());
    loop {
        let cell = reader.cell()?;
        let end = reader.end()?;
        // A line break at the end of the text starts no record.
        if end == End::Text && record.is_empty() && cell.is_nothing() {
            return Ok(records);
        }
        record.push(cell);
        if end != End::Cell {
            records.push(std::mem::take(&mut record));
        }
        if end == End::Text {
            return Ok(records);
        }
    }
}

/// What ends after a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Record,
    Text,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The line ending of the first line and so of all lines; none before it is known.
    line_end: Option<&'static str>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn stray_quote(&self) -> StrayQuote {
        StrayQuote(self.text[..self.at].matches(self.line_end.unwrap_or("\n")).count() + 1)
    }

    /// The line ending at the current position, if there is one.
    fn line_end(&self) -> Option<&'static str> {
        let ends = self.line_end.map_or(["\r\n", "\r", "\n"], |end| [end; 3]);
        ends.into_iter().find(|end| self.rest().starts_with(end))
    }

    /// Skips blanks up to the end of the line.
    fn skip_blanks(&mut self) {
        while self.line_end().is_none() && self.rest().starts_with([' ', '\t', '\r', '\n', '\u{c}']) {
            self.at += 1;
        }
    }

    /// Reads the next cell, without its separator.
    fn cell(&mut self) -> Result<Cell, StrayQuote> {
        self.skip_blanks();
        if !self.rest().starts_with('"') {
            let start = self.at;
            while self.line_end().is_none() && !self.rest().starts_with(',') {
                let Some(next) = self.rest().chars().next() else { break };
                self.at += next.len_utf8();
            }
            return Ok(Cell { text: self.text[start..self.at].trim_end().to_owned(), is_quoted: false });
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let inner = self.rest();
            let end = inner.find('"').ok_or_else(|| self.stray_quote())?;
            text.push_str(&inner[..end]);
            self.at += end + 1;
            if !self.rest().starts_with('"') {
                break;
            }
            // Two quotes stand for one.
            text.push('"');
            self.at += 1;
        }
        self.skip_blanks();
        Ok(Cell { text, is_quoted: true })
    }

    /// Reads the separator after a cell.
    fn end(&mut self) -> Result<End, StrayQuote> {
        if let Some(line_end) = self.line_end() {
            self.line_end = Some(line_end);
            self.at += line_end.len();
            return Ok(End::Record);
        }
        match self.rest().chars().next() {
            None => Ok(End::Text),
            Some(',') => {
                self.at += 1;
                Ok(End::Cell)
            }
            Some(_) => Err(self.stray_quote()),
        }
    }
}
