/// `command` on the file `name`, as typed into a shell: `envtool refresh -e Box.json`.
#[must_use]
pub fn on_file(command: &str, name: &str) -> String {
    format!("{command} -e {}", shell_word(name))
}

/// `word` as one word of a shell command, quoted if needed.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::on_file;

    #[test]
    fn names_are_quoted_for_a_shell() {
        assert_eq!(on_file("envtool check", "a/B-1.json"), "envtool check -e a/B-1.json");
        assert_eq!(on_file("envtool check", "my $1.json"), "envtool check -e 'my $1.json'");
        assert_eq!(on_file("envtool check", "it's"), r"envtool check -e 'it'\''s'");
    }
}
