using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Ecart.Embedded.Kafka;

/// <summary>
/// A broker of the Kafka protocol inside this process, on 127.0.0.1: any client of any process connects. For demonstrations, tests and laptops; it is
/// librdkafka's own mock cluster. Thread-safe.
/// </summary>
/// <remarks>
/// Limits: a partition keeps its newest 5 MiB, so a producer must not run further ahead of its consumers than that; everything is lost with the object;
/// topics are created here or by their first use, never by an admin client; transactions are not real; listing consumer groups crashes the process.
/// Groups, rebalances, committed offsets and idempotent producers work.
/// </remarks>
public sealed class EmbeddedKafka : IAsyncDisposable
{
    /// <summary>Bytes that a partition keeps: 5 MiB, the oldest messages go first.</summary>
    public const int PartitionBytes = 5 << 20;

    private const int Broker = 1;
    private const int ErrorLength = 512;
    private readonly Lock gate = new();
    private readonly nint client;
    private readonly nint cluster;
    private bool isDisposed;

    private EmbeddedKafka(nint client, nint cluster)
    {
        this.client = client;
        this.cluster = cluster;
        BootstrapServers = Marshal.PtrToStringUTF8(MockCluster.Bootstraps(cluster))!;
    }

    /// <summary>
    /// Properties for consumers of this broker. A group that has had members lets new ones in only when the session timeout less a second is over: with the
    /// usual 45 s a restarted consumer would stand still for 44 s.
    /// </summary>
    public static IReadOnlyDictionary<string, string> ConsumerProperties { get; } = new Dictionary<string, string>
    {
        ["session.timeout.ms"] = "1500",
        ["heartbeat.interval.ms"] = "200",
    };

    /// <summary>Host and port for clients.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts a broker on a free port of 127.0.0.1.</summary>
    /// <exception cref="InvalidOperationException">librdkafka cannot start it; the message says why.</exception>
    /// <exception cref="DllNotFoundException">This is not Linux.</exception>
    public static EmbeddedKafka Start()
    {
        nint error = Marshal.AllocHGlobal(ErrorLength);
        try
        {
            nint configuration = MockCluster.NewConfiguration();
            _ = MockCluster.Set(configuration, "log_level", "2", error, ErrorLength);
            nint client = MockCluster.NewClient(0, configuration, error, ErrorLength);
            if (client == nint.Zero) throw new InvalidOperationException($"The embedded broker cannot start: {Marshal.PtrToStringUTF8(error)}");
            nint cluster = MockCluster.New(client, Broker);
            if (cluster == nint.Zero)
            {
                MockCluster.DestroyClient(client);
                throw new InvalidOperationException("The embedded broker cannot listen on 127.0.0.1.");
            }

            MockCluster.SetController(cluster, Broker);
            MockCluster.SetInitialRebalanceDelay(cluster, 0);
            return new EmbeddedKafka(client, cluster);
        }
        finally
        {
            Marshal.FreeHGlobal(error);
        }
    }

    /// <summary>Creates a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">Partitions, at least 1.</param>
    /// <exception cref="InvalidOperationException">The topic exists.</exception>
    public void CreateTopic(string topic, int partitions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        lock (gate) Check(MockCluster.CreateTopic(Open, topic, partitions, 1), $"create topic {topic}");
    }

    /// <summary>Drops all connections and refuses new ones, until <see cref="SetUp"/>. Messages are kept.</summary>
    public void SetDown()
    {
        lock (gate) Check(MockCluster.SetDown(Open, Broker), "go down");
    }

    /// <summary>Takes connections again.</summary>
    public void SetUp()
    {
        lock (gate) Check(MockCluster.SetUp(Open, Broker), "come up");
    }

    /// <summary>Delays every answer. Default 0.</summary>
    /// <param name="roundTripTime">Whole milliseconds.</param>
    public void SetRoundTripTime(TimeSpan roundTripTime)
    {
        lock (gate) Check(MockCluster.SetRoundTripTime(Open, Broker, (int)roundTripTime.TotalMilliseconds), "delay its answers");
    }

    /// <summary>Answers the next requests of a kind with errors, one each, and then as usual.</summary>
    public void InjectErrors(KafkaRequest request, params IReadOnlyList<ErrorCode> errors)
    {
        int[] codes = [.. errors.Select(error => (int)error)];
        lock (gate) MockCluster.PushRequestErrors(Open, (short)request, (nuint)codes.Length, codes);
    }

    /// <summary>Ends the broker; all messages are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (isDisposed) return;
            isDisposed = true;
        }

        // Both calls wait for librdkafka's own threads.
        await Task.Run(() =>
        {
            MockCluster.Destroy(cluster);
            MockCluster.DestroyClient(client);
        }).ConfigureAwait(false);
    }

    private nint Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return cluster;
        }
    }

    private static void Check(int result, string what)
    {
        if (result != 0) throw new InvalidOperationException($"The embedded broker cannot {what}: {new Error((ErrorCode)result).Reason}");
    }
}
