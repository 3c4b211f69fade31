using Ecart.Events.Decoding;

namespace Ecart.Domains.Declared;

/// <summary>The fields that the records of every declared domain have, by index; the domain's own follow.</summary>
internal static class DeclaredField
{
    public const int Domain = 0;
    public const int Uid = 1;
    public const int OccurredAt = 2;
    public const int TimeZone = 3;
    public const int Label = 4;
    public const int LabelKnownAt = 5;
    public const int LabelKind = 6;

    /// <summary>Index of the domain's first own field.</summary>
    public const int First = 7;

    private static readonly FieldDefinition[] Definitions =
    [
        new("domain", false),
        new("uid", false, "event_uid", "event_id"),
        new("occurred_at", true, "timestamp", "event_time", "datetime", "time"),
        new("time_zone", false),
        new("label", false, "is_anomaly"),
        new("label_known_at", false),
        new("label_kind", false),
    ];

    /// <summary>Names of the fields that every domain has.</summary>
    public static IReadOnlyList<string> Common { get; } = [.. Definitions.Select(field => field.Name)];

    /// <summary>Their other names.</summary>
    public static IReadOnlyList<string> CommonSynonyms { get; } = [.. Definitions.SelectMany(field => field.Synonyms)];

    /// <summary>All fields of a domain's records. A common synonym gives way to a field of that name.</summary>
    /// <param name="declaration">Validated.</param>
    public static FieldSchema SchemaOf(DomainDeclaration declaration)
    {
        HashSet<string> own = [.. declaration.Fields.SelectMany(field => field.Synonyms.Append(field.Name)).Select(Normalize)];
        return new(
            declaration.Name,
            [
                .. Definitions.Select(common => common with { Synonyms = [.. common.Synonyms.Where(synonym => !own.Contains(Normalize(synonym)))] }),
                .. declaration.Fields.Select(field => new FieldDefinition(field.Name, field.Required, field.Synonyms)),
            ]);
    }

    /// <summary>A name as columns are compared.</summary>
    public static string Normalize(string name) =>
        string.Concat(name.Where(character => character is not ('_' or '-' or ' ' or '.')).Select(char.ToLowerInvariant));
}
