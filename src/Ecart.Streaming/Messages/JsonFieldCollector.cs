using System.Text.Json;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>Collects the fields of one JSON object by name. Reuses its memory from object to object.</summary>
/// <remarks>
/// A nested value is named by its path, for example <c>shop.id</c>; the containers <c>data</c> and <c>entities</c> of the wire form do
/// not count as part of it. An entity may also be an element <c>{"type": "account", "id": "A1"}</c> of a list.
/// </remarks>
internal sealed class JsonFieldCollector
{
    private readonly JsonNames _names;
    private readonly FieldSchema _schema;
    private readonly FieldRange[] _columns;
    private readonly int[] _ranks;
    private readonly bool[] _isNested;
    private byte[] _text = [];
    private int _length;

    public JsonFieldCollector(FieldMap map)
    {
        _names = new JsonNames(map);
        _schema = map.Schema;
        _columns = new FieldRange[map.Schema.Fields.Count];
        _ranks = new int[_columns.Length];
        _isNested = new bool[_columns.Length];
    }

    /// <summary>One column a field.</summary>
    public ReadOnlySpan<FieldRange> Columns => _columns;

    /// <summary>What <see cref="Columns"/> point into.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Field whose value is an object or a list, or -1.</summary>
    public int NestedField { get; private set; }

    /// <summary>Whether the object says that it is a label: <c>"event_type": "label"</c>.</summary>
    public bool IsLabel { get; private set; }

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">The text is not exactly one JSON object.</exception>
    /// <exception cref="InvalidOperationException">A text contains half a surrogate pair.</exception>
    public void Collect(ReadOnlySpan<byte> json)
    {
        Array.Clear(_columns);
        Array.Fill(_ranks, int.MaxValue);
        Array.Clear(_isNested);
        IsLabel = false;
        _length = 0;
        if (_text.Length < json.Length)
            _text = new byte[json.Length];

        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException(null, null, 0, 0);

        CollectObject(ref reader, _names.Root);
        while (reader.Read())
            continue;
        NestedField = FindNestedField();
    }

    private void CollectObject(ref Utf8JsonReader reader, JsonName parent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            JsonName name = _names.Find(ref reader, parent);
            reader.Read();
            CollectValue(ref reader, name);
        }
    }

    private void CollectValue(ref Utf8JsonReader reader, JsonName name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                MarkNested(name);
                CollectObject(ref reader, name);
                break;
            case JsonTokenType.StartArray when name.Path == JsonNames.Entities:
                CollectEntities(ref reader, name);
                break;
            case JsonTokenType.StartArray:
                MarkNested(name);
                if (IsList(name)) CollectList(ref reader, name);
                else reader.Skip();
                break;
            default:
                if (name.IsKind && reader.TokenType == JsonTokenType.String)
                    IsLabel = reader.ValueTextEquals("label"u8);
                Store(name.Matches, CopyValue(ref reader));
                break;
        }
    }

    private bool IsList(JsonName name)
    {
        foreach (var match in name.Matches)
        {
            if (_schema.Fields[match.Field].IsList)
                return true;
        }

        return false;
    }

    /// <summary>Numbers, each with a comma after it; a list of anything else stays nested.</summary>
    private void CollectList(ref Utf8JsonReader reader, JsonName name)
    {
        var start = _length;
        var areNumbers = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                areNumbers = false;
                reader.Skip();
            }
            else
            {
                CopyValue(ref reader);
                _text[_length++] = (byte)',';
            }
        }

        if (areNumbers)
            Store(name.Matches, new FieldRange(start, _length - start));
    }

    /// <summary>Elements <c>{"type": ..., "id": ...}</c>.</summary>
    private void CollectEntities(ref Utf8JsonReader reader, JsonName entities)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            JsonName? type = null;
            var id = default(FieldRange);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8);
                bool isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String)
                    type = _names.Find(ref reader, entities);
                else if (isId && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                    id = CopyValue(ref reader);
                else
                    reader.Skip();
            }

            if (type is not null)
                Store(type.Matches, id);
        }
    }

    private FieldRange CopyValue(ref Utf8JsonReader reader)
    {
        var start = _length;
        if (reader.TokenType == JsonTokenType.String)
        {
            _length += reader.CopyString(_text.AsSpan(start));
        }
        else
        {
            reader.ValueSpan.CopyTo(_text.AsSpan(start));
            _length += reader.ValueSpan.Length;
        }

        return new FieldRange(start, _length - start);
    }

    private void Store(ReadOnlySpan<FieldMatch> matches, FieldRange value)
    {
        foreach (var match in matches)
        {
            if (match.Rank > _ranks[match.Field])
                continue;

            _ranks[match.Field] = match.Rank;
            _columns[match.Field] = value;
        }
    }

    private void MarkNested(JsonName name)
    {
        foreach (var match in name.Matches)
            _isNested[match.Field] = true;
    }

    /// <summary>A field whose own value is nested; one that a member of the nested object gave is not at fault.</summary>
    private int FindNestedField()
    {
        for (var field = 0; field < _isNested.Length; field++)
        {
            if (_isNested[field] && _columns[field].Length == 0)
                return field;
        }

        return -1;
    }
}
