using System.Globalization;
using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Functions of texts. Each is linear in the text, patterns too but for the product of both lengths at worst.</summary>
internal static class TextFunctions<TContext>
    where TContext : allows ref struct
{
    private const int CharacterClasses = 128;

    public static RuleValue<TContext, Truth> Condition(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, string?> text = parts.Text(call.Arguments[0]);
        if (name == "like")
        {
            string pattern = FunctionCompiler<TContext>.Literal(call.Arguments[1], "a 'pattern' with * and ?");
            return (in TContext context) => text(in context) is { } known ? TruthOf.Known(IsLike(known, pattern)) : Truth.Unknown;
        }

        RuleValue<TContext, string?> other = parts.Text(call.Arguments[1]);
        return (in TContext context) => text(in context) is { } first && other(in context) is { } second
            ? TruthOf.Known(first.Equals(second, StringComparison.OrdinalIgnoreCase))
            : Truth.Unknown;
    }

    public static RuleValue<TContext, double> Number(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, string?> text = parts.Text(call.Arguments[0]);
        return name switch
        {
            "length" => (in TContext context) => text(in context) is { } known ? known.Length : double.NaN,
            "entropy" => (in TContext context) => text(in context) is { } known ? Entropy(known) : double.NaN,
            _ => (in TContext context) => text(in context) is { } known ? Parse(known) : double.NaN,
        };
    }

    private static double Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? ArithmeticCompiler.Finite(number) : double.NaN;

    /// <summary>Shannon's, of the characters; those beyond ASCII count by their last seven bits.</summary>
    private static double Entropy(string text)
    {
        if (text.Length == 0) return 0;
        Span<int> counts = stackalloc int[CharacterClasses];
        foreach (char character in text) counts[character % CharacterClasses]++;
        double bits = 0;
        foreach (int count in counts)
            if (count > 0) bits -= count * Math.Log2((double)count / text.Length);
        return Math.Max(0, bits / text.Length);
    }

    /// <summary>Goes back to the last star only, so that no pattern takes more than the product of both lengths.</summary>
    private static bool IsLike(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0;
        int place = 0;
        int star = -1;
        int resume = 0;
        while (at < text.Length)
        {
            if (place < pattern.Length && pattern[place] == '*')
            {
                star = place++;
                resume = at;
            }
            else if (place < pattern.Length && (pattern[place] == '?' || pattern[place] == text[at]))
            {
                place++;
                at++;
            }
            else if (star >= 0)
            {
                place = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (place < pattern.Length && pattern[place] == '*') place++;
        return place == pattern.Length;
    }
}
