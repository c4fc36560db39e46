//! CSV as newman's csv-parse 4 reads it, with newman's options, and no reader in Rust does: a blank line is a record with one
//! empty cell, blanks around a cell are none of it, lines end as the first one does, and whether a cell is quoted is known.

/// A quote that ends its cell, and more of the cell behind it; or one that ends nowhere. In this line, from 1.
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
        // Nothing comes after the end of the last line.
        if end == End::OfText && record.is_empty() && cell.is_nothing() {
            return Ok(records);
        }
        record.push(cell);
        if end != End::OfCell {
            records.push(std::mem::take(&mut record));
        }
        if end == End::OfText {
            return Ok(records);
        }
    }
}

/// What ends with a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    OfCell,
    OfRecord,
    OfText,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How the first line ends, and so all others.
    line_end: Option<&'static str>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn stray_quote(&self) -> StrayQuote {
        StrayQuote(self.text[..self.at].matches('\n').count() + 1)
    }

    /// The end of a line that begins here, if one does.
    fn line_end(&self) -> Option<&'static str> {
        let ends = self.line_end.map_or(["\r\n", "\r", "\n"], |end| [end; 3]);
        ends.into_iter().find(|end| self.rest().starts_with(end))
    }

    /// Goes past blanks, up to the end of the line.
    fn skip_blanks(&mut self) {
        while self.line_end().is_none() && self.rest().starts_with([' ', '\t', '\r', '\n', '\u{c}']) {
            self.at += 1;
        }
    }

    /// The cell that comes next, and nothing of what ends it.
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
            // Two are one in the text.
            text.push('"');
            self.at += 1;
        }
        self.skip_blanks();
        Ok(Cell { text, is_quoted: true })
    }

    /// Goes past what ends the cell before.
    fn end(&mut self) -> Result<End, StrayQuote> {
        if let Some(line_end) = self.line_end() {
            self.line_end = Some(line_end);
            self.at += line_end.len();
            return Ok(End::OfRecord);
        }
        match self.rest().chars().next() {
            None => Ok(End::OfText),
            Some(',') => {
                self.at += 1;
                Ok(End::OfCell)
            }
            Some(_) => Err(self.stray_quote()),
        }
    }
}
