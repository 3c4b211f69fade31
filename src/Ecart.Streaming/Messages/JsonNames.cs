using System.Text;
using System.Text.Json;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>
/// The names that JSON objects have shown so far, so that a name which recurs is neither made a string nor looked up in the map again. Bounded; not
/// thread-safe.
/// </summary>
internal sealed class JsonNames(FieldMap map)
{
    /// <summary>The container of entities in the wire form.</summary>
    public const string Entities = "entities";

    /// <summary>Names remembered at one place at most: more would be searched for longer than a look into the map takes.</summary>
    private const int MaximumBelow = 256;

    private const int MaximumNames = 4096;
    private const string DataPath = "data.";
    private const string EntitiesPath = Entities + ".";
    private const int StackBytes = 256;

    private int count;

    /// <summary>The object itself.</summary>
    public JsonName Root { get; } = new([], string.Empty, []);

    /// <summary>Finds the name at which a reader stands.</summary>
    /// <param name="reader">Stands at the name of a property, or at a text that is used as one.</param>
    /// <param name="parent">The object that it is a property of.</param>
    public JsonName Find(ref Utf8JsonReader reader, JsonName parent)
    {
        if (!reader.ValueIsEscaped) return Find(reader.ValueSpan, parent);
        Span<byte> plain = reader.ValueSpan.Length <= StackBytes ? stackalloc byte[StackBytes] : new byte[reader.ValueSpan.Length];
        return Find(plain[..reader.CopyString(plain)], parent);
    }

    private JsonName Find(ReadOnlySpan<byte> name, JsonName parent)
    {
        if (parent.Find(name) is { } known) return known;
        string text = Encoding.UTF8.GetString(name);
        string path = parent == Root ? text : $"{parent.Path}.{text}";
        var found = new JsonName(name.ToArray(), path, [.. Match(path)]);
        if (parent.Count < MaximumBelow && count < MaximumNames)
        {
            parent.Add(found);
            count++;
        }

        return found;
    }

    private IReadOnlyList<FieldMatch> Match(string path)
    {
        IReadOnlyList<FieldMatch> found = map.Match(path);
        if (found.Count == 0 && path.StartsWith(DataPath, StringComparison.Ordinal)) return map.Match(path[DataPath.Length..]);
        if (found.Count == 0 && path.StartsWith(EntitiesPath, StringComparison.Ordinal)) return map.Match(path[EntitiesPath.Length..]);
        return found;
    }
}
