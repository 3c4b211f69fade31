using Ecart.Domains.Transactions;
using System.Text;
using Ecart.Checker.Brokers;
using Ecart.Checker.Service;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Sources.Kafka;
using MySqlConnector;

namespace Ecart.Checker.Producing;

/// <summary>
/// Sends events to their topic, keyed by account, and labels to theirs, keyed by event. A label goes once its event is durable, as in life it is known
/// long after: one that overtakes its event is rejected, rightly.
/// </summary>
internal sealed class KafkaProducer : IProducer
{
    private const int LabelsAtATime = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly Dictionary<int, long> Nothing = [];
    private readonly WindowedProducer events;
    private readonly WindowedProducer labels;
    private readonly LaneStore lanes;
    private readonly CheckedDatabase database;
    private readonly TimeProvider timeProvider;
    private readonly Queue<ProducedItem> early = new();
    private string latestKey = "";

    public KafkaProducer(KafkaUnderTest kafka, CheckedDatabase database, TimeProvider timeProvider)
    {
        this.database = database;
        this.timeProvider = timeProvider;
        lanes = new LaneStore(database.ConnectionString, TransactionEvent.DomainName);

        // A broker that goes down may leave a request unanswered, which is then waited for: by default a minute.
        KafkaSettings settings = kafka.Settings with { Client = new Dictionary<string, string>(kafka.Settings.Client) { ["socket.timeout.ms"] = "4000" } };
        events = Open(kafka.Topic);
        labels = Open(kafka.LabelsTopic);

        WindowedProducer Open(string topic) =>
            new(settings, topic, cancellationToken => ReadPositionsAsync(KafkaSource.NameOf(topic), cancellationToken), timeProvider);
    }

    public async Task ProduceAsync(IReadOnlyList<ProducedItem> items, CancellationToken cancellationToken)
    {
        foreach (ProducedItem item in items)
        {
            if (item.Label is not null)
            {
                early.Enqueue(item);
                continue;
            }

            // What nobody can read has no entity: it goes where the event before it went.
            latestKey = item.Event?.AccountId ?? latestKey;
            await events.SendAsync(latestKey, Encoding.UTF8.GetBytes(WireText.Write(item)), cancellationToken);
        }

        if (early.Count >= LabelsAtATime) await SendLabelsAsync(cancellationToken);
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        events.Flush(cancellationToken);
        while (early.Count > 0)
        {
            if (!await SendLabelsAsync(cancellationToken)) await Task.Delay(Pause, timeProvider, cancellationToken);
        }

        labels.Flush(cancellationToken);
    }

    public async Task<bool> IsReadAsync(CancellationToken cancellationToken)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(Look);
        try
        {
            await events.WaitUntilReadAsync(soon.Token);
            await labels.WaitUntilReadAsync(soon.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        events.Dispose();
        labels.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends, in order, the labels up to the first whose event is not durable.</summary>
    private async Task<bool> SendLabelsAsync(CancellationToken cancellationToken)
    {
        List<UInt128> keys = [.. early.Take(LabelsAtATime).Select(item => UidHash.Compute(item.Label!.Domain, item.Label.EventUid))];
        Dictionary<UInt128, EventKey> stored = [];
        try
        {
            await using MySqlConnection connection = await database.OpenAsync(cancellationToken);
            stored = await new EventKeyStore().FindAsync(connection, keys, cancellationToken);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            // Killed just now; asked again later.
        }

        int sent = 0;
        for (; sent < keys.Count && stored.ContainsKey(keys[sent]); sent++)
        {
            ProducedItem item = early.Dequeue();
            await labels.SendAsync(item.Label!.EventUid, TransactionJson.Write(item.Label), cancellationToken);
        }

        return sent > 0;
    }

    private async Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            // A connection that is cancelled while it opens ends in other ways than by a cancellation.
            IReadOnlyDictionary<int, long> positions = await lanes.ReadOffsetsAsync(source, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return positions;
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            return Nothing;
        }
    }
}
