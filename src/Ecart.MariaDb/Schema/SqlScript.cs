namespace Ecart.MariaDb.Schema;

/// <summary>
/// Cuts a script into statements as the command-line client does: at the delimiter, which a line <c>DELIMITER $$</c> changes, but not
/// inside strings, quoted names and comments.
/// </summary>
internal static class SqlScript
{
    private const string DelimiterCommand = "DELIMITER";

    /// <exception cref="FormatException">A string, quoted name or comment has no end, or a statement has no delimiter.</exception>
    public static IReadOnlyList<SqlStatement> Split(string script)
    {
        var statements = new List<SqlStatement>();
        string text = script.ReplaceLineEndings("\n");
        string delimiter = ";";
        int position = 0;
        while (true)
        {
            position = SkipBlanksAndComments(text, position);
            if (position == text.Length) return statements;
            if (TryReadDelimiter(text, ref position, ref delimiter)) continue;

            int start = position;
            position = FindDelimiter(text, start, delimiter);
            if (position < 0)
                throw new FormatException($"The statement that begins on line {LineAt(text, start)} does not end with {delimiter}");
            string statement = text[start..position].TrimEnd();
            if (statement.Length > 0) statements.Add(new SqlStatement(statement, LineAt(text, start)));
            position += delimiter.Length;
        }
    }

    private static bool TryReadDelimiter(string text, ref int position, ref string delimiter)
    {
        int end = text.IndexOf('\n', position);
        if (end < 0) end = text.Length;
        string[] words = text[position..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !words[0].Equals(DelimiterCommand, StringComparison.OrdinalIgnoreCase)) return false;
        delimiter = words[1];
        position = end;
        return true;
    }

    private static int FindDelimiter(string text, int position, string delimiter)
    {
        while (position < text.Length)
        {
            if (string.CompareOrdinal(text, position, delimiter, 0, delimiter.Length) == 0) return position;
            int afterComment = SkipComment(text, position);
            if (afterComment > position) position = afterComment;
            else if (text[position] is '\'' or '"' or '`') position = SkipQuoted(text, position);
            else position++;
        }

        return -1;
    }

    private static int SkipBlanksAndComments(string text, int position)
    {
        while (position < text.Length)
        {
            int next = char.IsWhiteSpace(text[position]) ? position + 1 : SkipComment(text, position);
            if (next == position) break;
            position = next;
        }

        return position;
    }

    /// <summary>The position after the comment that begins here, or the position itself.</summary>
    private static int SkipComment(string text, int position)
    {
        ReadOnlySpan<char> rest = text.AsSpan(position);
        bool isLineComment = rest[0] == '#'
            || (rest.StartsWith("--", StringComparison.Ordinal) && (rest.Length == 2 || char.IsWhiteSpace(rest[2])));
        if (isLineComment)
        {
            int end = text.IndexOf('\n', position);
            return end < 0 ? text.Length : end;
        }

        if (!rest.StartsWith("/*", StringComparison.Ordinal)) return position;
        int close = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        if (close < 0) throw new FormatException($"The comment that begins on line {LineAt(text, position)} has no end.");
        return close + 2;
    }

    private static int SkipQuoted(string text, int position)
    {
        char quote = text[position];
        for (int i = position + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote != '`') i++;
            else if (text[i] == quote) return i + 1;
        }

        throw new FormatException($"The {quote} on line {LineAt(text, position)} has no end.");
    }

    private static int LineAt(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;
}
