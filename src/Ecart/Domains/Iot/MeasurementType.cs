namespace Ecart.Domains.Iot;

/// <summary>What a signal measures. Stored by its lower-case name.</summary>
public enum MeasurementType : byte
{
    /// <summary>Anything else: levels, loads, switches, counts.</summary>
    Other = 0,

    /// <summary>How warm it is.</summary>
    Temperature = 1,

    /// <summary>Force by area.</summary>
    Pressure = 2,

    /// <summary>How strongly it shakes.</summary>
    Vibration = 3,

    /// <summary>Volume or mass by time.</summary>
    Flow = 4,

    /// <summary>Electrical or mechanical power.</summary>
    Power = 5,
}
