/// The names and values of headers in one string, one per line, as older collections write them. A line without a colon
/// is a name with an empty value.
pub fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        (name.trim(), value.trim())
    })
}
