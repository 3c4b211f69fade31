using Ecart.Events.Decoding;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>Makes an item of a message's value; null is a tombstone.</summary>
internal delegate ReplayItem KafkaDecode(byte[]? value, RecordPosition position);
