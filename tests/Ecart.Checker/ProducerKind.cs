namespace Ecart.Checker;

/// <summary>The ways by which events get into the service.</summary>
internal enum ProducerKind
{
    /// <summary>A process with nothing but the live pipeline and a file that it follows: events and labels in one order.</summary>
    Live,

    /// <summary><c>ecart serve</c>, HTTP <c>POST /v1/events</c>.</summary>
    Http,

    /// <summary><c>ecart serve</c>, a followed file.</summary>
    File,

    /// <summary><c>ecart serve</c>, topics of a Kafka broker in the checker's own process: events, labels, dead letters.</summary>
    Kafka,

    /// <summary><c>ecart serve</c>, topics of a private mosquitto, QoS 1.</summary>
    Mqtt,
}
