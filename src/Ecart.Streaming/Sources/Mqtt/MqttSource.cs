using System.Buffers;
using System.Threading.Channels;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Ecart.Streaming.Sources.Mqtt;

/// <summary>
/// Topics of an MQTT 5 broker, at QoS 1. A message is acknowledged once it is durable; what was not comes again after a reconnection or a restart, and is
/// recognised by its uid. The broker sends no more than may wait for their commit, so that a slow store slows the broker.
/// </summary>
/// <param name="options">The broker and the topics.</param>
/// <param name="decoder">Makes events of messages: JSON objects.</param>
/// <param name="map">Which member holds which field.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class MqttSource(MqttSourceOptions options, IRecordDecoder decoder, FieldMap map, TimeProvider timeProvider) : ILiveSource
{
    /// <summary>Member that records get from their topic; map a field to it: <c>account="#topic"</c>.</summary>
    public const string TopicColumn = "#topic";

    /// <summary>With less the client has been seen to lose messages.</summary>
    private const int LeastBufferBytes = 1 << 16;
    private const int LongestPauseFactor = 64;

    /// <inheritdoc/>
    public string Name { get; } = $"mqtt:{options.Host}:{options.Port}";

    /// <summary>Told, in a sentence for a person, of a failure that is tried again. Default null.</summary>
    public Action<string>? Retrying { get; init; }

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        TimeSpan pause = options.ReconnectPause;
        while (true)
        {
            try
            {
                await ReadAsync(intake, () => pause = options.ReconnectPause, cancellationToken).ConfigureAwait(false);
                throw new MqttCommunicationException("the broker closed the connection");
            }
            catch (MqttCommunicationException) when (cancellationToken.IsCancellationRequested)
            {
                // The client calls an ended wait a timeout.
                cancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested
                && fault is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException or IOException)
            {
                Retrying?.Invoke($"{Name}: {fault.Message}; next try in {pause.TotalSeconds:F1} s");
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < options.ReconnectPause * LongestPauseFactor ? pause * 2 : options.ReconnectPause * LongestPauseFactor;
            }
        }
    }

    /// <summary>Reads over one connection until it ends.</summary>
    private async Task ReadAsync(IIntake intake, Action connected, CancellationToken cancellationToken)
    {
        // Acknowledgements belong to the connection that a message came over: each has its own client and channel.
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var durable = Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>(new UnboundedChannelOptions { SingleReader = true });
        var reading = new MqttReading(decoder, map, options.TopicLevel);
        client.DisconnectedAsync += _ => ended.CancelAsync();
        client.ApplicationMessageReceivedAsync += async message =>
        {
            message.AutoAcknowledge = false;
            ReplayItem item = reading.Decode(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray());
            await intake.EnterAsync(new IntakeItem(item, null, new AcknowledgementReceipt(message, durable.Writer)), ended.Token).ConfigureAwait(false);
        };
        await client.ConnectAsync(MakeClientOptions(), cancellationToken).ConfigureAwait(false);
        var subscriptions = new MqttClientSubscribeOptionsBuilder();
        foreach (string topic in options.Topics)
            subscriptions.WithTopicFilter(options.Group is null ? topic : $"$share/{options.Group}/{topic}", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.SubscribeAsync(subscriptions.Build(), cancellationToken).ConfigureAwait(false);
        connected();
        try
        {
            await foreach (MqttApplicationMessageReceivedEventArgs message in durable.Reader.ReadAllAsync(ended.Token).ConfigureAwait(false))
                await message.AcknowledgeAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The connection ended.
        }
    }

    private MqttClientOptions MakeClientOptions()
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)options.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)options.MostUnacknowledged);
        if (options.User is not null) builder = builder.WithCredentials(options.User, options.Password);
        if (options.UseTls) builder = builder.WithTlsOptions(tls => tls.UseTls());
        MqttClientOptions made = builder.Build();
        if (made.ChannelOptions is MqttClientTcpOptions tcp) tcp.BufferSize = LeastBufferBytes;
        return made;
    }
}
