using System.IO.Hashing;
using System.Runtime.InteropServices;
using Ecart.Embedding;
using Ecart.Events;

namespace Ecart.Domains.Declared;

/// <summary>One event of a declared domain, validated: its values by the index of their field. Immutable once made.</summary>
public sealed class DeclaredEvent : DomainEvent
{
    private ulong contentHash;

    /// <summary>What the values mean.</summary>
    public required DeclaredSchema Schema { get; init; }

    /// <summary>Value of each number and condition (0 or 1); NaN when unknown and for texts. As long as the schema's fields; not changed any more.</summary>
    public required double[] Numbers { get; init; }

    /// <summary>Value of each text; null when unknown and for other types. As long as the schema's fields; not changed any more.</summary>
    public required string?[] Texts { get; init; }

    /// <summary>Minutes that local time is ahead of UTC at the event. -840 to 840.</summary>
    public short UtcOffsetMinutes { get; init; }

    /// <summary>The event as the engine of its domain's base reads it; null until it is made.</summary>
    internal DomainEvent? Based { get; set; }

    /// <inheritdoc/>
    public override string Domain => Schema.Domain;

    /// <inheritdoc/>
    public override string PrimaryEntityType => Schema.Fields[Schema.Entity].Name;

    /// <inheritdoc/>
    public override string PrimaryEntityId => Texts[Schema.Entity]!;

    /// <summary>Local time of the event.</summary>
    public DateTime LocalTime => OccurredAt.AddMinutes(UtcOffsetMinutes);

    /// <inheritdoc/>
    /// <remarks>A sum over the fields, so that it depends neither on their order nor on those that are unknown.</remarks>
    public override ulong ContentHash => contentHash != 0 ? contentHash : contentHash = ComputeContentHash();

    /// <summary>This event by another schema: values of fields of the same name and type are kept, all others are unknown.</summary>
    public DeclaredEvent In(DeclaredSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.IsSame(Schema)) return this;
        var numbers = new double[schema.Fields.Count];
        var texts = new string?[schema.Fields.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            int here = Schema.IndexOf(schema.Fields[i].Name);
            bool isSame = here >= 0 && Schema.Fields[here].Type == schema.Fields[i].Type;
            numbers[i] = isSame ? Numbers[here] : double.NaN;
            texts[i] = isSame ? Texts[here] : null;
        }

        texts[schema.Entity] ??= PrimaryEntityId;
        return new DeclaredEvent
        {
            EventUid = EventUid,
            OccurredAt = OccurredAt,
            Schema = schema,
            Numbers = numbers,
            Texts = texts,
            UtcOffsetMinutes = UtcOffsetMinutes,
        };
    }

    private ulong ComputeContentHash()
    {
        ulong sum = FeatureHash.Of((ulong)OccurredAt.Ticks);
        for (int i = 0; i < Numbers.Length; i++)
        {
            ulong name = FeatureHash.Of(Schema.Fields[i].Name);
            if (Texts[i] is { } text) sum += XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)name);
            else if (!double.IsNaN(Numbers[i])) sum += FeatureHash.Of(name ^ BitConverter.DoubleToUInt64Bits(Numbers[i] + 0.0));
        }

        return sum == 0 ? 1 : sum;
    }
}
