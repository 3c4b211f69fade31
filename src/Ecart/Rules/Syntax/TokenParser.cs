using Parlot;
using Parlot.Fluent;

namespace Ecart.Rules.Syntax;

/// <summary>Takes one token, blanks before it skipped, or notes what was expected in its place.</summary>
internal sealed class TokenParser(string expectation, TokenParser.Scan scan, string? word = null) : Parser<RuleToken>
{
    /// <summary>Length of the token that the text begins with; 0 for none.</summary>
    public delegate int Scan(ReadOnlySpan<char> text);

    public static TokenParser Word(string word, string expectation) => new(
        expectation,
        text => RuleScan.Word(text) is var length && text[..length].Equals(word, StringComparison.OrdinalIgnoreCase) ? length : 0,
        word);

    public static TokenParser Sign(string sign, string expectation) => new(
        expectation, text => text.StartsWith(sign, StringComparison.Ordinal) ? sign.Length : 0);

    public override bool Parse(ParseContext context, ref ParseResult<RuleToken> result)
    {
        var parse = (RuleParseContext)context;
        Cursor cursor = context.Scanner.Cursor;
        TextPosition start = cursor.Position;
        context.SkipWhiteSpace();
        int offset = cursor.Offset;
        int length = parse.TooDeepAt >= 0 ? 0 : scan(parse.Text.AsSpan(offset));
        if (length == 0)
        {
            parse.Miss(offset, expectation, word);
            cursor.ResetPosition(start);
            return false;
        }

        cursor.Advance(length);
        result.Set(offset, offset + length, new RuleToken(offset, parse.Text.Substring(offset, length)));
        return true;
    }
}
