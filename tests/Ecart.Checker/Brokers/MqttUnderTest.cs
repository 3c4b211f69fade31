using System.Diagnostics;
using System.Globalization;
using Ecart.Checker.Faults;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Ecart.Checker.Brokers;

/// <summary>
/// A private mosquitto that keeps what it has acknowledged over a restart. The session of the service is opened before anything is published: a broker
/// owes nothing to a reader that it never saw. The service reads without a group: mosquitto 2.0 forgets shared subscriptions when it is restarted and throws
/// away what is published until the reader is back, although it has acknowledged it.
/// </summary>
internal sealed class MqttUnderTest : ICheckedBroker
{
    private const string Reader = "checker-reader";
    private const string Topics = "checker/+/transactions";
    private const uint SessionSeconds = 86_400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly string settings;
    private readonly CheckOptions options;
    private readonly TimeProvider timeProvider;
    private Process? process;

    private MqttUnderTest(string settings, CheckOptions options, TimeProvider timeProvider)
    {
        this.settings = settings;
        this.options = options;
        this.timeProvider = timeProvider;
        Port = FreePort.Find();
    }

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public string Configuration =>
        $"""
         mqtt:
           - host: 127.0.0.1
             port: {Port}
             topics: [ "{Topics}" ]
             group: ""
             client_id: {Reader}
         """;

    /// <summary>The topic of an account.</summary>
    public static string TopicOf(string account) => Topics.Replace("+", account, StringComparison.Ordinal);

    /// <summary>Path of mosquitto; null when there is none.</summary>
    public static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(part => Path.Combine(part, "mosquitto")).FirstOrDefault(File.Exists);

    /// <summary>Starts a broker and opens the session of the service.</summary>
    /// <param name="home">Folder for what it keeps.</param>
    /// <param name="options">What is checked.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">There is no mosquitto.</exception>
    public static async Task<MqttUnderTest> StartAsync(string home, CheckOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        string kept = Directory.CreateDirectory(Path.Combine(home, "mosquitto")).FullName;
        var broker = new MqttUnderTest(Path.Combine(kept, "mosquitto.conf"), options, timeProvider);
        await File.WriteAllTextAsync(
            broker.settings,
            $"""
             listener {broker.Port} 127.0.0.1
             allow_anonymous true
             max_queued_messages 0
             max_inflight_messages 1000
             persistence true
             persistence_location {kept}/
             user {Environment.UserName}

             """,
            cancellationToken);
        broker.Start();
        using IMqttClient reader = await broker.ConnectAsync(Reader, cancellationToken);
        await reader.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder().WithTopicFilter(Topics, MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            cancellationToken);
        await reader.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().WithSessionExpiryInterval(SessionSeconds).Build(), cancellationToken);
        return broker;
    }

    /// <summary>Connects, for as long as it takes.</summary>
    /// <param name="client">Name of the session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IMqttClient> ConnectAsync(string client, CancellationToken cancellationToken)
    {
        MqttClientOptions how = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", Port)
            .WithClientId(client).WithCleanStart(false).WithSessionExpiryInterval(SessionSeconds).Build();
        for (; ; )
        {
            IMqttClient connecting = new MqttClientFactory().CreateMqttClient();
            try
            {
                await connecting.ConnectAsync(how, cancellationToken);
                return connecting;
            }
            catch (MqttCommunicationException) when (!cancellationToken.IsCancellationRequested)
            {
                connecting.Dispose();
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public IProducer MakeProducer(CheckedDatabase database, TimeProvider timeProvider) => new MqttProducer(this, timeProvider);

    /// <inheritdoc/>
    public async Task SufferAsync(Fault fault, CancellationToken cancellationToken)
    {
        if (fault != Fault.BrokerOutage) throw new NotSupportedException($"{fault} does not happen to mosquitto.");
        await StopAsync(cancellationToken);
        await Task.Delay(options.Outage, timeProvider, cancellationToken);
        Start();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null) await StopAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end: it writes down what it holds. Killed, it would lose what it has acknowledged, and nobody could blame the service.</summary>
    private async Task StopAsync(CancellationToken cancellationToken)
    {
        using Process stopping = process!;
        process = null;
        using Process kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {stopping.Id}")]);
        await kill.WaitForExitAsync(cancellationToken);
        await stopping.WaitForExitAsync(cancellationToken);
    }

    private void Start()
    {
        string program = FindProgram()
            ?? throw new InvalidOperationException("mosquitto is missing: install Debian's package mosquitto, or put the program on PATH.");
        process = Process.Start(new ProcessStartInfo(program, ["-c", settings]) { RedirectStandardError = true })!;
        process.BeginErrorReadLine();
    }
}
