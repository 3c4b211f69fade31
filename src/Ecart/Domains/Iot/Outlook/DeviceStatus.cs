namespace Ecart.Domains.Iot.Outlook;

/// <summary>How a device, or one of its signals, is doing; worse is greater.</summary>
public enum DeviceStatus : byte
{
    /// <summary>As it always was.</summary>
    Normal,

    /// <summary>Moving away from normal, significantly, and not yet far.</summary>
    Degrading,

    /// <summary>The fitted distance is at or beyond the warning distance.</summary>
    Warning,

    /// <summary>The fitted distance is at or beyond the critical distance.</summary>
    Critical,
}
