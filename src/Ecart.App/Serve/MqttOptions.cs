using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources.Mqtt;

namespace Ecart.App.Serve;

/// <summary>An MQTT 5 broker of which topics are read.</summary>
internal sealed class MqttOptions
{
    /// <summary>The broker; required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Default 1883.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>Whether to speak TLS. Default false.</summary>
    public bool Tls { get; set; }

    /// <summary>User. Default none.</summary>
    public string? User { get; set; }

    /// <summary>Password. Default none.</summary>
    public string? Password { get; set; }

    /// <summary>Topic filters; at least one.</summary>
    public IList<string> Topics { get; set; } = [];

    /// <summary>Group of readers that share the messages ($share). Default ecart; empty: each reader gets all.</summary>
    public string Group { get; set; } = "ecart";

    /// <summary>Name of this reader's session. Default: ecart and the machine's name.</summary>
    public string ClientId { get; set; } = "ecart-" + Environment.MachineName;

    /// <summary>Level of the topic, from 1, that names whose event a message is: the account, the device. Default 0: the messages do.</summary>
    public int AccountLevel { get; set; }

    /// <summary>Which member holds which field, as <c>--map</c> of the replay. Default: by their names.</summary>
    public string? Map { get; set; }

    /// <summary>Messages that may wait for their commit, 1 to 65,535. Default 1,000.</summary>
    public int MostUnacknowledged { get; set; } = 1000;

    /// <summary>Makes the source.</summary>
    /// <param name="name">What messages call these options.</param>
    /// <param name="decoder">Makes events of records.</param>
    /// <param name="entityField">The field that <see cref="AccountLevel"/> fills.</param>
    /// <exception cref="CommandException">An option cannot work; the message names it.</exception>
    public ILiveSource Make(string name, IRecordDecoder decoder, string entityField)
    {
        if (Host.Length == 0) throw new CommandException($"{name}.host is missing: name the broker.", ExitCode.Usage);
        if (Topics.Count == 0) throw new CommandException($"{name}.topics is empty: name at least one topic.", ExitCode.Usage);
        if (MostUnacknowledged is < 1 or > ushort.MaxValue)
            throw new CommandException($"{name}.most_unacknowledged is {MostUnacknowledged}: it must be 1 to {ushort.MaxValue}.", ExitCode.Usage);
        string? mapping = AccountLevel > 0 ? $"{entityField}=\"{MqttSource.TopicColumn}\"{(Map is null ? "" : "," + Map)}" : Map;
        if (!FieldMap.TryParse(mapping, decoder.Schema, out FieldMap? map, out string? error))
            throw new CommandException($"{name}.map: {error}", ExitCode.Usage);
        var options = new MqttSourceOptions
        {
            Host = Host,
            Port = Port,
            UseTls = Tls,
            User = User,
            Password = Password,
            Topics = [.. Topics],
            Group = Group.Length == 0 ? null : Group,
            ClientId = ClientId,
            TopicLevel = AccountLevel,
            MostUnacknowledged = MostUnacknowledged,
        };
        return new MqttSource(options, decoder, map, TimeProvider.System) { Retrying = Output.Warning };
    }
}
