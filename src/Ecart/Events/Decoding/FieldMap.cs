using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ecart.Events.Decoding;

/// <summary>
/// Says which column holds which field: what the user mapped, else what the column's own name tells. Immutable.
/// </summary>
public sealed class FieldMap
{
    private readonly FieldMapEntry?[] _entries;

    private FieldMap(FieldSchema schema, FieldMapEntry?[] entries)
    {
        Schema = schema;
        _entries = entries;
    }

    /// <summary>The fields that can be mapped.</summary>
    public FieldSchema Schema { get; }

    /// <summary>A map in which every column is recognised by its own name.</summary>
    public static FieldMap Automatic(FieldSchema schema) => new(schema, new FieldMapEntry?[schema.Fields.Count]);

    /// <summary>
    /// Reads <c>field=COLUMN,field="COLUMN, WITH COMMA",field='constant'</c>; a quote inside quotes is doubled. Null or blank text gives
    /// <see cref="Automatic"/>.
    /// </summary>
    public static bool TryParse(
        string? text, FieldSchema schema, [NotNullWhen(true)] out FieldMap? map, [NotNullWhen(false)] out string? error)
    {
        map = null;
        var entries = new FieldMapEntry?[schema.Fields.Count];
        foreach (var assignment in FieldMapText.Split(text ?? string.Empty))
        {
            if (!FieldMapText.TryParseAssignment(assignment, out var name, out var entry))
            {
                error = $"'{assignment}' is not a mapping: write field=COLUMN or field='constant', separated by commas. "
                    + $"Known fields: {schema.KnownNames}.";
                return false;
            }

            var field = schema.IndexOf(name);
            if (field < 0)
            {
                var suggestion = NameSuggestion.For(name, schema.Fields.Select(known => known.Name));
                error = $"'{name}' is not a field of {schema.Domain}.{suggestion} Known fields: {schema.KnownNames}.";
                return false;
            }

            if (entries[field] is not null)
            {
                error = $"'{name}' is mapped twice: keep one of them.";
                return false;
            }

            entries[field] = entry;
        }

        map = new FieldMap(schema, entries);
        error = null;
        return true;
    }

    /// <summary>The fields that a column of this name holds: those mapped to it, else the one that its name tells.</summary>
    public IReadOnlyList<FieldMatch> Match(string column)
    {
        var matches = new List<FieldMatch>();
        for (var field = 0; field < _entries.Length; field++)
        {
            if (_entries[field] is not { IsConstant: false } entry)
                continue;

            if (string.Equals(entry.Text, column, StringComparison.Ordinal))
                matches.Add(new FieldMatch(field, FieldMatch.MappedRank));
            else if (string.Equals(entry.Text, column, StringComparison.OrdinalIgnoreCase))
                matches.Add(new FieldMatch(field, FieldMatch.MappedIgnoringCaseRank));
        }

        if (matches.Count == 0 && Schema.TryRecognize(column, out var recognized) && _entries[recognized.Field] is null)
            matches.Add(recognized);
        return matches;
    }

    /// <summary>Finds every field in a file with these columns.</summary>
    /// <param name="columns">The file's column names in order.</param>
    /// <param name="binding">The result.</param>
    /// <param name="error">What is missing or ambiguous, what the file has instead, and what to do.</param>
    public bool TryBind(
        IReadOnlyList<string> columns, [NotNullWhen(true)] out FieldBinding? binding, [NotNullWhen(false)] out string? error)
    {
        binding = null;
        var bound = new FieldMatch?[_entries.Length];
        var columnOf = new int[_entries.Length];
        Array.Fill(columnOf, -1);
        for (var column = 0; column < columns.Count; column++)
        {
            foreach (var match in Match(columns[column]))
            {
                if (bound[match.Field] is { } earlier && earlier.Rank <= match.Rank)
                {
                    if (earlier.Rank < match.Rank)
                        continue;

                    error = $"Both columns {columnOf[match.Field] + 1} and {column + 1}, named '{columns[column]}', would be "
                        + $"{Schema.Fields[match.Field].Name}: give them different names.";
                    return false;
                }

                bound[match.Field] = match;
                columnOf[match.Field] = column;
            }
        }

        for (var field = 0; field < _entries.Length; field++)
        {
            if (columnOf[field] >= 0 || _entries[field] is { IsConstant: true })
                continue;

            if (!TryExplainAbsence(field, columns, out error))
                return false;
        }

        binding = Bind(columnOf, field => columnOf[field] >= 0 ? columns[columnOf[field]] : null);
        error = null;
        return true;
    }

    /// <summary>For records whose fields come by name (JSON): column i holds field i, unless it is mapped to a constant.</summary>
    public FieldBinding BindByName() => Bind(
        [.. _entries.Select((entry, field) => entry is { IsConstant: true } ? -1 : field)],
        field => _entries[field] is { IsConstant: false } entry ? entry.Text : null);

    private FieldBinding Bind(int[] columnOf, Func<int, string?> nameOf) => new(
        Schema,
        columnOf,
        [.. _entries.Select(entry => entry is { IsConstant: true } ? Encoding.UTF8.GetBytes(entry.Text) : null)],
        [.. Enumerable.Range(0, _entries.Length).Select(nameOf)]);

    private bool TryExplainAbsence(int field, IReadOnlyList<string> columns, [NotNullWhen(false)] out string? error)
    {
        var definition = Schema.Fields[field];
        error = null;
        var list = string.Join(", ", columns);
        if (_entries[field] is { } entry)
        {
            error = $"The file has no column '{entry.Text}', which --map gives for {definition.Name}."
                + $"{NameSuggestion.For(entry.Text, columns)} Its columns: {list}.";
        }
        else if (definition.IsRequired)
        {
            error = $"No column holds {definition.Name}, which every record of {Schema.Domain} needs."
                + $"{NameSuggestion.For(definition.Name, columns)} Add --map {definition.Name}=COLUMN. Its columns: {list}. "
                + $"Known fields: {Schema.KnownNames}.";
        }

        return error is null;
    }
}
