namespace Ecart.Events.Decoding;

/// <summary>Where each field of a schema is found in the records of one file: a column or a constant. Immutable.</summary>
public sealed class FieldBinding
{
    private readonly int[] _columns;
    private readonly byte[]?[] _constants;
    private readonly string?[] _columnNames;

    internal FieldBinding(FieldSchema schema, int[] columns, byte[]?[] constants, string?[] columnNames)
    {
        Schema = schema;
        _columns = columns;
        _constants = constants;
        _columnNames = columnNames;
    }

    /// <summary>The fields that are bound.</summary>
    public FieldSchema Schema { get; }

    /// <summary>Index of the column that holds the field, or -1.</summary>
    public int ColumnOf(int field) => _columns[field];

    /// <summary>The constant text of a field that has no column; empty when the field is absent.</summary>
    public ReadOnlySpan<byte> ConstantOf(int field) => _constants[field];

    /// <summary>True when the field has a column or a constant.</summary>
    public bool IsBound(int field) => _columns[field] >= 0 || _constants[field] is not null;

    /// <summary>The field as people know it: its canonical name, and the column where that differs.</summary>
    public string Describe(int field)
    {
        var name = Schema.Fields[field].Name;
        return _columnNames[field] is { } column && column != name ? $"{name} (column {column})" : name;
    }
}
