namespace Ecart.Streaming.Cluster;

/// <summary>Outcomes as they go back to the node that asked.</summary>
internal static class OutcomeCodec
{
    public static byte[] Write(IReadOnlyList<ItemOutcome> outcomes)
    {
        using var buffer = new MemoryStream(128 * outcomes.Count);
        using var writer = new BinaryWriter(buffer);
        writer.Write(WireFormat.Version);
        writer.Write(outcomes.Count);
        foreach (ItemOutcome outcome in outcomes)
        {
            writer.Write((byte)outcome.Kind);
            if (outcome.Kind == ItemOutcomeKind.Stored) writer.WriteBytes(outcome.Scored);
            else if (outcome.Kind == ItemOutcomeKind.Rejected) writer.WriteRejected(outcome.Rejection!);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">It is of another version.</exception>
    public static IReadOnlyList<ItemOutcome> Read(byte[] message)
    {
        using BinaryReader reader = WireFormat.Open(message);
        var outcomes = new ItemOutcome[reader.ReadInt32()];
        for (int i = 0; i < outcomes.Length; i++)
        {
            var kind = (ItemOutcomeKind)reader.ReadByte();
            outcomes[i] = kind switch
            {
                ItemOutcomeKind.Stored => new ItemOutcome(kind, WireFormat.ReadBytes(reader)),
                ItemOutcomeKind.Rejected => new ItemOutcome(kind, Rejection: reader.ReadRejected()),
                _ => new ItemOutcome(kind),
            };
        }

        return outcomes;
    }
}
