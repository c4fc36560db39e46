use anstyle::{AnsiColor, Style};

/// What a piece of text is for; the look follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Headings of tables.
    Heading,
    /// Names of things.
    Name,
    /// What is less important.
    Dim,
    /// What is fine.
    Good,
    /// What needs attention.
    Warning,
    /// What is wrong.
    Bad,
    /// What is added.
    Added,
    /// What is removed.
    Removed,
}

/// Puts looks on text, or leaves it plain.
#[derive(Clone, Copy, Debug)]
pub struct Painter {
    /// Whether to use colour.
    pub color: bool,
}

impl Painter {
    /// `text` in the look of `role`.
    #[must_use]
    pub fn paint(self, role: Role, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let style = match role {
            Role::Heading => Style::new().bold(),
            Role::Name => AnsiColor::Cyan.on_default(),
            Role::Dim => Style::new().dimmed(),
            Role::Good | Role::Added => AnsiColor::Green.on_default(),
            Role::Warning => AnsiColor::Yellow.on_default(),
            Role::Bad => AnsiColor::Red.on_default().bold(),
            Role::Removed => AnsiColor::Red.on_default(),
        };
        format!("{style}{text}{style:#}")
    }
}
