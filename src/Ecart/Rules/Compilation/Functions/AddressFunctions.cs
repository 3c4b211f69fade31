using Ecart.Events;
using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Functions of IP addresses. A text that is no address is null.</summary>
internal static class AddressFunctions<TContext>
    where TContext : allows ref struct
{
    public static RuleValue<TContext, Truth> Condition(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleValue<TContext, string?> text = parts.Text(call.Arguments[0]);
        if (name == "in_network")
        {
            (UInt128 Network, int Length)[] networks = [.. call.Arguments.Skip(1).Select(NetworkOf)];
            return (in TContext context) => AddressBits.TryParse(text(in context), out UInt128 address) ? IsIn(address, networks) : Truth.Unknown;
        }

        return name == "is_private"
            ? (in TContext context) => AddressBits.TryParse(text(in context), out UInt128 address) ? TruthOf.Known(AddressBits.IsPrivate(address)) : Truth.Unknown
            : (in TContext context) => AddressBits.TryParse(text(in context), out UInt128 address) ? TruthOf.Known(!AddressBits.IsVersion4(address)) : Truth.Unknown;
    }

    private static Truth IsIn(UInt128 address, (UInt128 Network, int Length)[] networks)
    {
        foreach ((UInt128 network, int length) in networks)
            if (AddressBits.Cut(address, length) == network) return Truth.True;
        return Truth.False;
    }

    private static (UInt128 Network, int Length) NetworkOf(RuleNode node)
    {
        const string expected = "a 'network' such as '10.0.0.0/8' or '2001:db8::/32'";
        string text = FunctionCompiler<TContext>.Literal(node, expected);
        if (!AddressBits.TryParseNetwork(text, out UInt128 network, out int length))
            throw RuleCompiler<TContext>.Mistake(node, $"the text '{text}'", expected);
        return (network, length);
    }
}
