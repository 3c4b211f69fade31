using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>A name that occurs at one place of JSON objects, with the fields that it holds and the names below it. Not thread-safe.</summary>
/// <param name="utf8">The name itself, without escapes.</param>
/// <param name="path">The names from the outermost object to here, with dots between them.</param>
/// <param name="matches">Fields that a value under this name is for.</param>
internal sealed class JsonName(byte[] utf8, string path, FieldMatch[] matches)
{
    private readonly List<JsonName> below = [];
    private int next;

    public string Path => path;

    /// <summary>Whether it says what kind of message the object is.</summary>
    public bool IsKind { get; } = path == "event_type";

    /// <summary>Names remembered below this one.</summary>
    public int Count => below.Count;

    public ReadOnlySpan<FieldMatch> Matches => matches;

    /// <summary>Finds a name below this one.</summary>
    /// <param name="name">The name, without escapes.</param>
    /// <returns>Null when it is not remembered.</returns>
    public JsonName? Find(ReadOnlySpan<byte> name)
    {
        // A producer writes its names in the same order each time: the first look, behind the name found last, nearly always finds.
        for (int i = 0; i < below.Count; i++)
        {
            if (next >= below.Count) next = 0;
            JsonName candidate = below[next++];
            if (candidate.Is(name)) return candidate;
        }

        return null;
    }

    /// <summary>Remembers a name below this one.</summary>
    public void Add(JsonName name)
    {
        below.Add(name);
        next = below.Count;
    }

    private bool Is(ReadOnlySpan<byte> name) => name.SequenceEqual(utf8);
}
