using System.IO.Hashing;
using System.Text;

namespace Ecart.Events.Decoding;

/// <summary>
/// Gives one string for equal UTF-8 texts, so that ids which recur are not allocated again. Bounded: a set-associative table in
/// which a new text takes the place of an older one. Not thread-safe.
/// </summary>
internal sealed class Utf8StringPool
{
    /// <summary>Texts longer than this many bytes are not kept.</summary>
    internal const int MaximumLength = 128;

    private const int Ways = 4;
    private readonly Entry[] _entries;
    private readonly int _setMask;
    private int _victim;

    /// <param name="capacity">Number of texts that are kept, a power of two of at least 4. Default 65,536.</param>
    public Utf8StringPool(int capacity = 65_536)
    {
        if (capacity < Ways || (capacity & (capacity - 1)) != 0)
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "Give a power of two of at least 4.");

        _entries = new Entry[capacity];
        _setMask = (capacity / Ways) - 1;
    }

    /// <summary>The string of a text that is known to be valid UTF-8 once it was added.</summary>
    /// <returns>False when the text is not pooled: check it, then <see cref="Add"/> it.</returns>
    public bool TryGet(ReadOnlySpan<byte> text, out string? value)
    {
        value = null;
        if (text.Length > MaximumLength)
            return false;

        var hash = XxHash3.HashToUInt64(text);
        foreach (ref readonly var entry in Set(hash))
        {
            if (entry.Hash == hash && entry.Text is not null && IsEqual(text, entry.Text))
            {
                value = entry.Text;
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes the string of valid UTF-8 and keeps it.</summary>
    public string Add(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text);
        if (text.Length > MaximumLength)
            return value;

        var hash = XxHash3.HashToUInt64(text);
        var set = Set(hash);
        var place = 0;
        while (place < Ways && set[place].Text is not null)
            place++;
        set[place < Ways ? place : _victim++ & (Ways - 1)] = new Entry(hash, value);
        return value;
    }

    private Span<Entry> Set(ulong hash) => _entries.AsSpan((int)(hash & (uint)_setMask) * Ways, Ways);

    private static bool IsEqual(ReadOnlySpan<byte> text, string value)
    {
        if (Ascii.Equals(text, value))
            return true;
        if (text.Length == value.Length)
            return false;

        Span<byte> encoded = stackalloc byte[MaximumLength];
        return Encoding.UTF8.TryGetBytes(value, encoded, out var length) && text.SequenceEqual(encoded[..length]);
    }

    private readonly record struct Entry(ulong Hash, string? Text);
}
