using System.Threading.Channels;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using MQTTnet;

namespace Ecart.Streaming.Sources.Mqtt;

/// <summary>Lets a message be acknowledged once what it said is durable; else the broker sends it again.</summary>
internal sealed class AcknowledgementReceipt(MqttApplicationMessageReceivedEventArgs message, ChannelWriter<MqttApplicationMessageReceivedEventArgs> durable)
    : IReceipt
{
    public void Stored(in ScoredEvent scored) => durable.TryWrite(message);

    public void Known() => durable.TryWrite(message);

    public void Applied() => durable.TryWrite(message);

    public void Rejected(RejectedRecord rejected) => durable.TryWrite(message);

    public void Abandoned(Exception cause)
    {
        // Not acknowledged: it comes again.
    }
}
