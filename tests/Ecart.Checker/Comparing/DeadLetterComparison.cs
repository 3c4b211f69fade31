using Confluent.Kafka;
using Ecart.Checker.Service;
using MySqlConnector;

namespace Ecart.Checker.Comparing;

/// <summary>
/// Compares the dead-letter topic with the rejected records: each must be there, nothing else may be. A repetition under the same key is within the
/// promise, which is at least once.
/// </summary>
internal sealed class DeadLetterComparison(CheckedDatabase database, Findings findings)
{
    private static readonly TimeSpan PollFor = TimeSpan.FromSeconds(5);

    /// <summary>Compares.</summary>
    /// <param name="servers">The brokers.</param>
    /// <param name="topic">The dead-letter topic, of one partition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(string servers, string topic, CancellationToken cancellationToken)
    {
        HashSet<string> expected = await ReadRejectedAsync(cancellationToken);
        HashSet<string> found = await Task.Run(() => ReadTopic(servers, topic, cancellationToken), cancellationToken);
        foreach (string key in expected.Where(key => !found.Contains(key))) findings.Add("dead letter lost", key);
        foreach (string key in found.Where(key => !expected.Contains(key))) findings.Add("dead letter of what was not rejected", key);
    }

    private async Task<HashSet<string>> ReadRejectedAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await using MySqlConnection connection = await database.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand(
            "SELECT CONCAT(SUBSTRING(source, 7), '/', partition_id, '/', source_offset, '/', reason) FROM rejected_events", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) keys.Add(row.GetString(0));
        return keys;
    }

    private static HashSet<string> ReadTopic(string servers, string topic, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        using IConsumer<string, Ignore> consumer = new ConsumerBuilder<string, Ignore>(
            new ConsumerConfig { BootstrapServers = servers, GroupId = "checker-reader", EnablePartitionEof = true, EnableAutoCommit = false })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        while (!cancellationToken.IsCancellationRequested)
        {
            ConsumeResult<string, Ignore>? message = consumer.Consume(PollFor);
            if (message is { IsPartitionEOF: true }) break;
            if (message is not null) keys.Add(message.Message.Key);
        }

        return keys;
    }
}
