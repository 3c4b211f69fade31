using Ecart.Embedding;

namespace Ecart.Rules.Windows;

/// <summary>The fields that the windows of one entity type look at, and how an event's values of them are kept: numbers as their bits, texts as their hash.</summary>
internal sealed class WindowColumns<TContext>
    where TContext : allows ref struct
{
    /// <summary>What null is kept as; no number has these bits.</summary>
    public const ulong Null = 0x7FF8_DEAD_0000_0001;

    private readonly RuleField<TContext>[] fields;

    public WindowColumns(RuleFields<TContext> all, IEnumerable<string> names)
    {
        fields = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Find(all, name))];
        Names = [.. fields.Select(field => field.Name)];
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => fields.Length;

    public int IndexOf(string name) => Array.FindIndex(fields, field => field.Name == name);

    public void Read(in TContext context, Span<ulong> values)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            values[i] = fields[i] switch
            {
                NumberField<TContext> number => OfNumber(number.Read(in context)),
                TextField<TContext> text => text.Read(in context) is { } known ? FeatureHash.Of(known) : Null,
                _ => Null,
            };
        }
    }

    private static ulong OfNumber(double number) => double.IsFinite(number) ? BitConverter.DoubleToUInt64Bits(number) : Null;

    private static RuleField<TContext> Find(RuleFields<TContext> all, string name) =>
        all.TryFind(name, out RuleField<TContext>? field) ? field : throw new ArgumentException($"'{name}' is no field of {all.Domain}.", nameof(name));
}
