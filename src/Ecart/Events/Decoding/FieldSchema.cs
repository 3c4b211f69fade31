namespace Ecart.Events.Decoding;

/// <summary>The fields of one domain. A field is known by its index in <see cref="Fields"/> wherever speed matters. Immutable.</summary>
public sealed class FieldSchema
{
    private readonly Dictionary<string, FieldMatch> _byName = [];

    /// <param name="domain">Name of the domain, for example <c>transactions</c>.</param>
    /// <param name="fields">The fields; a name or synonym may occur only once.</param>
    public FieldSchema(string domain, params IReadOnlyList<FieldDefinition> fields)
    {
        Domain = domain;
        Fields = fields;
        for (var field = 0; field < fields.Count; field++)
        {
            _byName.Add(Normalize(fields[field].Name), new FieldMatch(field, FieldMatch.CanonicalRank));
            for (var synonym = 0; synonym < fields[field].Synonyms.Count; synonym++)
                _byName.Add(Normalize(fields[field].Synonyms[synonym]), new FieldMatch(field, FieldMatch.CanonicalRank + 1 + synonym));
        }
    }

    /// <summary>Name of the domain.</summary>
    public string Domain { get; }

    /// <summary>The fields in order of their index.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; }

    /// <summary>Canonical names, separated by commas, for messages.</summary>
    public string KnownNames => string.Join(", ", Fields.Select(known => known.Name));

    /// <summary>Index of the field with exactly this canonical name (case is ignored), or -1.</summary>
    public int IndexOf(string name)
    {
        for (var field = 0; field < Fields.Count; field++)
        {
            if (string.Equals(Fields[field].Name, name, StringComparison.OrdinalIgnoreCase))
                return field;
        }

        return -1;
    }

    /// <summary>The field that a column of this name usually holds, by canonical name or synonym.</summary>
    internal bool TryRecognize(string column, out FieldMatch match) => _byName.TryGetValue(Normalize(column), out match);

    private static string Normalize(string name) =>
        string.Concat(name.Where(character => character is not ('_' or '-' or ' ' or '.')).Select(char.ToLowerInvariant));
}
