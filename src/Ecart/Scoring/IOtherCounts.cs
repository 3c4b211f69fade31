namespace Ecart.Scoring;

/// <summary>What other processes count of what all lanes share: verdict histories and populations, each in parts that add up. Not thread-safe.</summary>
public interface IOtherCounts
{
    /// <summary>Adds one part of an entity's verdict history.</summary>
    void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days);

    /// <summary>Adds one part of a state without a lane.</summary>
    /// <exception cref="StateFormatException">The format is newer than this program or the bytes are damaged.</exception>
    void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state);
}
