using System.Text;
using Confluent.Kafka;
using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.Streaming.Messages;

namespace Ecart.Bench.Stream;

/// <summary>Events as the producer sends them, written before the clock starts.</summary>
internal sealed class EventMessages
{
    private EventMessages(Message<byte[], byte[]>[] messages, int[] partitions)
    {
        Messages = messages;
        PartitionOf = partitions;
    }

    /// <summary>Account, and JSON in the wire form.</summary>
    public Message<byte[], byte[]>[] Messages { get; }

    /// <summary>The partition that each goes to: all events of an account to the same.</summary>
    public int[] PartitionOf { get; }

    public int Count => Messages.Length;

    /// <summary>Bytes of a value on average.</summary>
    public double MeanBytes => Messages.Average(message => (double)message.Value.Length);

    /// <summary>Writes events.</summary>
    public static EventMessages Of(TransactionEvent[] events, int partitions) => new(
        [.. events.Select(transaction => new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(transaction.AccountId),
            Value = TransactionJson.Write(transaction),
        })],
        [.. events.Select(transaction => (int)(FeatureHash.Of(transaction.AccountId) % (ulong)partitions))]);
}
