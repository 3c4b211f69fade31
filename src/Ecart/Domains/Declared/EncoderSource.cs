using Ecart.Rules;

namespace Ecart.Domains.Declared;

/// <summary>What an encoder reads: a number, or a text.</summary>
/// <param name="Number">Reads the number, NaN when unknown; null for a text.</param>
/// <param name="Text">Reads the text, null when unknown; null for a number.</param>
/// <param name="Values">Texts that there can be; empty for any.</param>
internal readonly record struct EncoderSource<TContext>(RuleValue<TContext, double>? Number, RuleValue<TContext, string?>? Text, IReadOnlyList<string> Values)
    where TContext : allows ref struct;
