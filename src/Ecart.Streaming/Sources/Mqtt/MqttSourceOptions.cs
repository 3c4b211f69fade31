namespace Ecart.Streaming.Sources.Mqtt;

/// <summary>How topics of an MQTT 5 broker are read.</summary>
public sealed record MqttSourceOptions
{
    /// <summary>The broker.</summary>
    public required string Host { get; init; }

    /// <summary>Its port. Default 1883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Whether to speak TLS. Default false.</summary>
    public bool UseTls { get; init; }

    /// <summary>User; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Topic filters, at least one: <c>cards/+/transactions</c>.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Group of readers among which the broker divides the messages; null: this reader gets all.</summary>
    public string? Group { get; init; }

    /// <summary>Name under which the broker keeps this reader's session; another for each reader.</summary>
    public required string ClientId { get; init; }

    /// <summary>For how long the broker keeps messages for a reader that is away. Default one day.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Level of the topic, from 1, that records get as column <see cref="MqttSource.TopicColumn"/>; 0 (default) for none.</summary>
    public int TopicLevel { get; init; }

    /// <summary>Messages that may wait for their commit: the broker sends no more before some are acknowledged. Default 1,000; 1 to 65,535.</summary>
    public int MostUnacknowledged { get; init; } = 1000;

    /// <summary>First pause after a lost connection; it doubles up to 64 times this. Default 0.5 s.</summary>
    public TimeSpan ReconnectPause { get; init; } = TimeSpan.FromSeconds(0.5);
}
