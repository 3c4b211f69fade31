namespace Ecart.Rules.Syntax;

/// <summary>Length of the words, numbers and texts of the language, 0 where there is none. ASCII decides: culture never does.</summary>
internal static class RuleScan
{
    public static int Word(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsLetter(text[0]) || text[0] == '_')) return 0;
        int length = 1;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_')) length++;
        return length;
    }

    /// <summary>Digits, with a fraction and a power of ten where there are; never a sign, which is an operator.</summary>
    public static int Number(ReadOnlySpan<char> text)
    {
        int length = Digits(text);
        if (length == 0) return 0;
        if (length < text.Length && text[length] == '.' && Digits(text[(length + 1)..]) is > 0 and int fraction)
            length += 1 + fraction;
        if (length < text.Length && text[length] is 'e' or 'E')
        {
            int sign = length + 1 < text.Length && text[length + 1] is '+' or '-' ? 1 : 0;
            if (Digits(text[(length + 1 + sign)..]) is > 0 and int power) length += 1 + sign + power;
        }

        return length;
    }

    /// <summary>A text with its quotes; two quotes within it stand for one.</summary>
    public static int Text(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '\'') return 0;
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != '\'') continue;
            if (i + 1 == text.Length || text[i + 1] != '\'') return i + 1;
            i++;
        }

        return 0;
    }

    /// <summary>A word and the parenthesis that makes a call of it, which may follow after blanks.</summary>
    public static int Call(ReadOnlySpan<char> text)
    {
        int length = Word(text);
        if (length == 0 || RuleWords.IsReserved(text[..length].ToString())) return 0;
        while (length < text.Length && char.IsWhiteSpace(text[length])) length++;
        return length < text.Length && text[length] == '(' ? length + 1 : 0;
    }

    /// <summary>Digits and the letter of a unit of time.</summary>
    public static int Span(ReadOnlySpan<char> text)
    {
        int length = Digits(text);
        bool isSpan = length > 0 && length < text.Length && text[length] is 's' or 'm' or 'h' or 'd' or 'S' or 'M' or 'H' or 'D';
        return isSpan && (length + 1 == text.Length || !(char.IsLetterOrDigit(text[length + 1]) || text[length + 1] == '_')) ? length + 1 : 0;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length])) length++;
        return length;
    }
}
